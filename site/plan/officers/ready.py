"""What officers in charge give to the rest of the portal."""

from django.utils.translation import gettext_lazy as _

from config.figure_sources import add_sources
from config.figures import add_figure


def register():
    from . import books, owing, query

    books.register()
    owing.register()
    add_sources(
        {
            "plan.officers": _("the book of officers in charge"),
        }
    )
    for figure in query.figures():
        add_figure(figure)
