"""What clubs and teams give to the rest of the portal."""

from django.utils.translation import gettext_lazy as _

from config.figure_sources import add_sources
from config.figures import add_figure


def register():
    from . import books, query

    books.register()
    add_sources(
        {
            "plan.clubs": _("the book of innovation clubs"),
            "plan.teams": _("the book of community digital teams"),
        }
    )
    for figure in query.figures():
        add_figure(figure)
