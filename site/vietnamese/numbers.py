"""Numbers as they are written here: 1.234,50 in Vietnamese, 1,234.50 in English. Exact, no floats."""

import re
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

_MARKS = {"vi": (".", ","), "en": (",", ".")}  # thousands, decimal
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_LONGEST = 25  # characters: keeps every result exact in Python's default 28 digits


def parse_decimal(text, *, places=None, grouping=True):
    """The exact number in `text`: "1.234,5", "8,5", "8.5". Raises ValueError for anything else.

    A point before exactly three figures is a thousands mark, as it is written here ("1.234" is 1234, "0.125"
    is not grouped); with `grouping=False` it never is. At most `places` decimals where given. Blanks around
    are ignored; "1,234.5", blanks inside, exponents, NaN, a plus sign, digits of other scripts are refused.
    """
    text = str(text).strip()
    if len(text) > _LONGEST:
        raise ValueError("too long for a number")
    if grouping and _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    elif not _PLAIN.fullmatch(text):
        raise ValueError("not a number written the Vietnamese way")
    number = Decimal(text.replace(",", "."))
    if places is not None and -number.as_tuple().exponent > places:
        raise ValueError(f"more than {places} decimals")
    return number


def round_half_up(value, places):
    """`value` (Decimal, Fraction or int) to `places` decimals, halves away from zero, in exact arithmetic."""
    fraction = Fraction(value)
    scaled = abs(fraction) * 10**places + Fraction(1, 2)
    digits = scaled.numerator // scaled.denominator
    sign = 1 if fraction < 0 and digits else 0
    return Decimal((sign, tuple(int(figure) for figure in str(digits)), -places))


def format_decimal(value, places=None, language=None):
    """`value` with the marks of the language in use; rounded half-up to `places`, or as exact as it is.

    Takes Decimal, int, numeric text, and with `places` a Fraction; no floats (TypeError). Zero has no minus.
    """
    if isinstance(value, float):
        raise TypeError("a float has no exact text; pass a Decimal")
    if isinstance(value, str):
        value = Decimal(value)
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("only finite numbers can be written")
    if places is None:
        text = format(Decimal(value), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = format(round_half_up(value, places), "f")
    return _with_marks(text, *_MARKS[language_code(language)])


def format_percent(value, places=1, language=None):
    """`value` percent as "93,1 %", with a space that does not break."""
    return f"{format_decimal(value, places, language)}\u00a0%"


def language_code(language=None):
    """ "vi" or "en": the given language, or the one in use."""
    language = language or get_language() or "vi"
    return "en" if language.split("-")[0] == "en" else "vi"


def _with_marks(text, thousands, mark):
    negative = text.startswith("-") and text.strip("-0.") != ""
    whole, _, decimals = text.lstrip("-").partition(".")
    return ("-" if negative else "") + _grouped(whole, thousands) + (mark + decimals if decimals else "")


def _grouped(whole, thousands):
    figures = whole.lstrip("0") or "0"
    first = len(figures) % 3 or 3
    rest = [figures[at : at + 3] for at in range(first, len(figures), 3)]
    return thousands.join([figures[:first], *rest])
