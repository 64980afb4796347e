"""What the year's programme gives to the rest of the portal."""


def register():
    from . import books, owing

    books.register()
    owing.register()
