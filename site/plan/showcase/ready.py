"""What the library of models gives to the rest of the portal."""

from django.utils.translation import gettext_lazy as _

from config.figure_sources import add_sources
from config.figures import add_figure
from portal import search, sitemap


def register():
    from . import books, published

    books.register()
    add_sources(
        {
            "plan.showcase": _("the library of model examples"),
        }
    )
    for figure in published.figures():
        add_figure(figure)
    search.register_source(search.Source(published.FOUND_AS, published.LABEL, "spread", published.found))
    sitemap.register_addresses(published.addresses)
