"""The publicity log among the books."""


def register():
    from . import books

    books.register()
