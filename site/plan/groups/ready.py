"""What clubs and teams give to the rest of the portal."""

from config.figures import add_figure


def register():
    from . import books, query

    books.register()
    for figure in query.figures():
        add_figure(figure)
