"""What the library of models gives to the rest of the portal."""

from config.figures import add_figure
from portal import search, sitemap


def register():
    from . import books, published

    books.register()
    for figure in published.figures():
        add_figure(figure)
    search.register_source(search.Source(published.FOUND_AS, published.LABEL, "spread", published.found))
    sitemap.register_addresses(published.addresses)
