"""Numbers as they are written here: 1.234,50 in Vietnamese, 1,234.50 in English. Exact, no floats."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils.translation import get_language

_MARKS = {"vi": (".", ","), "en": (",", ".")}  # thousands, decimal
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_POINT = re.compile(r"-?[0-9]+\.[0-9]+")
_WHOLE = re.compile(r"-?[0-9]+")
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def parse_decimal(text):
    """The exact number in `text`: "1.234,5", "1.234", "8,5", "8.5". Raises ValueError for anything else.

    A point followed by exactly three figures is a thousands mark (Vietnamese writing), else a decimal one.
    Blanks around are ignored. "1,234.5", exponents, NaN, a plus sign and digits of other scripts are refused.
    """
    text = str(text).strip()
    if len(text) <= 40:
        if _GROUPED.fullmatch(text):
            return Decimal(text.replace(".", "").replace(",", "."))
        if _COMMA.fullmatch(text):
            return Decimal(text.replace(",", "."))
        if _POINT.fullmatch(text) or _WHOLE.fullmatch(text):
            return Decimal(text)
    raise ValueError("not a number written the Vietnamese way")


def format_decimal(value, places=None, language=None):
    """`value` with the marks of the language in use; rounded half-up to `places`, or as exact as it is.

    Takes Decimal, int or numeric text, no floats (TypeError). Zero is never written with a minus.
    """
    if isinstance(value, float):
        raise TypeError("a float has no exact text; pass a Decimal")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("only finite numbers can be written")
    if places is None:
        text = format(number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = format(number.quantize(Decimal(1).scaleb(-places), context=_EXACT), "f")
    thousands, mark = _MARKS["vi" if language_code(language) == "vi" else "en"]
    negative = text.startswith("-") and text.strip("-0.") != ""
    whole, _, rest = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", thousands)
    return ("-" if negative else "") + grouped + (mark + rest if rest else "")


def language_code(language=None):
    """ "vi" or "en": the given language, or the one in use, without its region."""
    return (language or get_language() or "vi").split("-")[0]


def format_percent(value, places=1, language=None):
    """ "93,1 %" with a space that does not break, in either language."""
    return f"{format_decimal(value, places, language)}\u00a0%"
