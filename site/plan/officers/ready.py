"""What officers in charge give to the rest of the portal."""

from config.figures import add_figure


def register():
    from . import books, owing, query

    books.register()
    owing.register()
    for figure in query.figures():
        add_figure(figure)
