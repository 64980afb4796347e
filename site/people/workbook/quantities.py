"""What a cell means beside text and dates: a time of day, a number of minutes, lists, one of some words."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vietnamese.text import name_key, nfc

from .cells import BadCell, checked

_TYPED_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
_MINUTES_A_DAY = 24 * 60
_NEAR = 1e-4  # minutes: fractions of a day are not exact


def as_time(cell):
    """A time of day in whole minutes, or None. Time cells, fractions of a day, text HH:MM."""
    value = checked(cell)
    if value is None or (isinstance(value, str) and not _bare(value)):
        return None
    if isinstance(value, bool | date | datetime):
        raise BadCell(_("A time alone was expected here, for example 08:30."))
    if isinstance(value, time):
        value = (value.hour * 60 + value.minute) + (value.second + value.microsecond / 1e6) / 60
    elif isinstance(value, timedelta):
        value = value.total_seconds() / 60
    elif isinstance(value, int | float):
        if not 0 < value < 1:
            raise BadCell(_("A time was expected here, for example 08:30."))
        value *= _MINUTES_A_DAY
    else:
        return _typed_time(_bare(value))
    return _whole_minutes(value)


def _bare(value):
    return nfc(value.replace("\u00a0", " ")).strip(" \t\r\n'’‘")


def _whole_minutes(value):
    minutes = round(value)
    if abs(value - minutes) > _NEAR:
        raise BadCell(_("Times are whole minutes, for example 08:30."))
    if not 0 <= minutes < _MINUTES_A_DAY:
        raise BadCell(_("There is no such time of day. Write it as 08:30."))
    return time(minutes // 60, minutes % 60)


def _typed_time(text):
    typed = _TYPED_TIME.fullmatch(text)
    if typed is None:
        raise BadCell(_("The time must look like 08:30."))
    hours, minutes = int(typed[1]), int(typed[2])
    if hours > 23 or minutes > 59:
        raise BadCell(_("There is no such time of day. Write it as 08:30."))
    return time(hours, minutes)


def as_minutes(cell, most):
    """A whole number of minutes from 0 to `most`, or None."""
    value = checked(cell)
    if value is None or (isinstance(value, str) and not _bare(value)):
        return None
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", _bare(value)):
        value = int(_bare(value))
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    if not whole or value < 0:
        raise BadCell(_("Write a whole number of minutes, for example 180."))
    if value > most:
        raise BadCell(_("At most %(most)s minutes fit here.") % {"most": most})
    return int(value)


def as_number_list(cell, allowed, example):
    """Sorted numbers of the range `allowed`, typed with commas between them; [] for nothing.

    A number with decimals is refused: Excel makes 1.3 of “1,3”. So is a date: it makes one of “1/3”.
    """
    value = checked(cell)
    if value is None:
        return []
    if isinstance(value, bool | date | datetime | time | timedelta):
        raise BadCell(_("Excel turned this cell into a date or a yes/no value. Type it as text."))
    if isinstance(value, float) and not value.is_integer():
        raise BadCell(
            _("Excel may have made one number of several. Type the cell as text, for example %(example)s.")
            % {"example": example}
        )
    if isinstance(value, int | float):
        value = str(int(value))
    return sorted({_number(part.strip(), allowed, example) for part in _parts(value)})


def _number(part, allowed, example):
    if not re.fullmatch(r"[0-9]{1,4}", part) or int(part) not in allowed:
        raise BadCell(
            _("Write numbers from %(first)s to %(last)s with commas between them, for example %(example)s.")
            % {"first": allowed[0], "last": allowed[-1], "example": example}
        )
    return int(part)


def as_code_list(cell):
    """Codes in small letters, sorted, each once; [] for nothing."""
    value = checked(cell)
    if value is None:
        return []
    if not isinstance(value, str):
        raise BadCell(_("A code was expected here. Type it as text."))
    return sorted({part.strip().casefold() for part in _parts(value) if part.strip()})


def _parts(value):
    text = _bare(value)
    return text.split(",") if text else []


@cache
def _by_key(words):
    """`{key of a word: code}`; asked once a file, not once a row."""
    return {name_key(word): code for word, code in words}


def as_word(cell, words):
    """The code of one of `words` ({word: code}), whatever its letter case and form; "" for nothing."""
    value = checked(cell)
    if cell.empty:
        return ""
    code = _by_key(tuple(words.items())).get(name_key(str(value)))
    if code is None:
        raise BadCell(pgettext("words", "Write one of: %(choices)s.") % {"choices": ", ".join(words)})
    return code
