"""When an item of a programme is done: a month, a quarter, the whole year. Pure."""

from django.utils.translation import gettext as _

CODES = (*(f"m{number}" for number in range(1, 13)), *(f"q{number}" for number in range(1, 5)), "year")
_ROMAN = ("I", "II", "III", "IV")


def label(code):
    if code == "year":
        return _("the whole year")
    number = int(code[1:])
    if code[0] == "m":
        return _("month %(month)s") % {"month": number}
    return _("quarter %(quarter)s") % {"quarter": _ROMAN[number - 1]}


def choices():
    return [(code, label(code)) for code in CODES]


def last_month(code):
    """By which month it is done: what lists are ordered by."""
    if code == "year":
        return 12
    number = int(code[1:])
    return number if code[0] == "m" else number * 3
