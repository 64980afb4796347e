"""What sessions for residents give to the rest of the portal."""

from django.utils.translation import gettext_lazy as _

from config.figure_sources import add_sources
from config.figures import add_figure
from portal import search, sitemap
from portal.happenings import register_happenings


def register():
    from . import books, public, query

    books.register()
    add_sources(
        {
            "plan.sessions": _("the book of sessions for residents"),
            "plan.campaigns": _("the book of sessions for residents, by campaign"),
        }
    )
    for figure in query.figures():
        add_figure(figure)
    register_happenings(public.happenings)
    search.register_source(search.Source(public.FOUND_AS, _("Sessions for residents"), "cal", public.found))
    sitemap.register_addresses(public.addresses)
