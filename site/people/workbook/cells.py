"""What a cell means: a code, a text, a date, yes or no. `BadCell` with a sentence instead of a guess."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl.utils.datetime import from_excel

from vietnamese.text import name_key, nfc

_TYPED_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_CODE_FORMAT = re.compile(r'(?P<before>(?:"[^"]*"|\\.|-)*)(?P<zeros>0+)')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|(-)')
_BARE_NUMBER = re.compile(r"[1-9][0-9]{0,14}|0")
_EXACT_DIGITS = 10**15  # Excel keeps fifteen digits of a number
_FIRST_DAY, _LAST_YEAR = date(1900, 3, 1), 2199
_YEAR_SERIALS = range(1900, 2101)  # as serials these are days of 1905: somebody typed a year alone


class BadCell(Exception):
    """The cell cannot be read; the message says what is wrong and what to do."""


class BadCode(BadCell):
    """A code typed as a number that fits several known codes: a person has to choose among `codes`."""

    def __init__(self, message, codes=()):
        super().__init__(message)
        self.codes = codes


@dataclass(frozen=True)
class NumberCode:
    """A code typed as a number in General format: its leading zeros, if any, are lost.

    `maybe_text`: it comes from a text file, where digits may be meant to the letter.
    """

    digits: str
    maybe_text: bool = False

    def resolve(self, known):
        """The one known code of digits alone that has this value; the digits themselves where none has.
        Raises BadCode for several."""
        fitting = known.get(self.digits, ())
        if self.maybe_text and self.digits in fitting:
            return self.digits
        if len(fitting) > 1:
            raise BadCode(
                _("“%(value)s” may be %(codes)s. Type the code as text.")
                % {"value": self.digits, "codes": ", ".join(sorted(fitting))},
                tuple(sorted(fitting)),
            )
        return next(iter(fitting), self.digits)


def by_digits(codes):
    """`{"7": {"007", "0007"}}`: the codes a bare number may mean."""
    found = {}
    for code in codes:
        if code.isascii() and code.isdigit():
            found.setdefault(str(int(code)), set()).add(code)
    return found


def checked(cell):
    """The value of a cell that may be read at all; BadCell for one nobody may guess."""
    if cell.flag == "formula":
        raise BadCell(_("The formula has no stored value. Open the file in Excel, save it, and try again."))
    if cell.flag == "merged":
        raise BadCell(_("The cell is merged with others. Unmerge it and fill in each row."))
    if cell.flag == "error":
        raise BadCell(_("The cell shows an Excel error. Correct it and try again."))
    return cell.value


def clean_text(value):
    """Text as it is stored: NFC, one line, single spaces."""
    return " ".join(nfc(value).split())


def clean_code(value):
    """A code as it is stored: without apostrophes, hard spaces or spaces around it."""
    return nfc(value.replace("\u00a0", " ")).strip(" \t\r\n'’‘`")


def as_code(cell):
    """A code as text; a `NumberCode` where the number's format doesn't say how many digits it has."""
    value = checked(cell)
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.untyped and _BARE_NUMBER.fullmatch(value.strip()):
            return NumberCode(value.strip(), maybe_text=True)
        return _without_control(clean_code(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCell(_("A code was expected here. Type it as text."))
    if value != int(value) or value < 0 or value >= _EXACT_DIGITS:
        raise BadCell(_("Excel changed this number. Type the code as text."))
    digits = str(int(value))
    shape = _CODE_FORMAT.fullmatch(cell.number_format or "")
    if shape and (len(shape["zeros"]) > 1 or shape["before"]):
        before = "".join("".join(parts) for parts in _LITERAL.findall(shape["before"]))
        return before + digits.zfill(len(shape["zeros"]))
    return NumberCode(digits)


def as_short_code(cell, max_length):
    """`as_code` of at most `max_length` characters."""
    code = as_code(cell)
    if isinstance(code, str) and len(code) > max_length:
        raise BadCell(_("The code is longer than %(limit)s characters.") % {"limit": max_length})
    return code


def as_text(cell, max_length):
    """Text of at most `max_length` characters. A whole number is its digits; a date is refused: Excel may
    have made it of something else (12/2026)."""
    value = checked(cell)
    if value is None:
        return ""
    if isinstance(value, bool | date | datetime | time | timedelta):
        raise BadCell(_("Excel turned this cell into a date or a yes/no value. Type it as text."))
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_DIGITS:
        value = int(value)
    text = _without_control(clean_text(str(value)))
    if len(text) > max_length:
        raise BadCell(
            _("The text has %(length)s characters, at most %(limit)s.")
            % {"length": len(text), "limit": max_length}
        )
    return text


def as_date(cell):
    """A date or None. Date cells, bare serials by the workbook's epoch, text dd/mm/yyyy; never swapped."""
    value = checked(cell)
    if value is None or (isinstance(value, str) and not nfc(value)):
        return None
    if isinstance(value, bool | time | timedelta):
        raise BadCell(_("A date was expected here, for example 31/12/2026."))
    if isinstance(value, int | float):
        value = _from_serial(value, cell.epoch)
    if isinstance(value, datetime):
        if value.time() != time(0):
            raise BadCell(_("The cell holds a time of day too. Type the date alone, for example 31/12/2026."))
        value = value.date()
    return _within_limits(value if isinstance(value, date) else _from_text(value))


def _from_serial(value, epoch):
    if value in _YEAR_SERIALS:
        raise BadCell(_("This looks like a year alone. Type the whole date, for example 31/12/2026."))
    try:
        found = from_excel(value, epoch)
    except (OverflowError, ValueError) as error:
        raise BadCell(_("This number is not a date. Type it as 31/12/2026.")) from error
    if isinstance(found, time):
        raise BadCell(_("This number is not a date. Type it as 31/12/2026."))
    return found


def _from_text(value):
    text = nfc(value.replace("\u00a0", " ")).strip(" \t\r\n'’‘")
    typed = _TYPED_DATE.fullmatch(text)
    if typed is None:
        if _SHORT_YEAR.fullmatch(text):
            raise BadCell(_("Write the year with four digits, for example 31/12/2026."))
        raise BadCell(_("The date must look like 31/12/2026."))
    day, month, year = (int(part) for part in typed.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        if month > 12 >= day:
            raise BadCell(
                _("The date must look like 31/12/2026. Day and month are never swapped by the portal.")
            ) from error
        raise BadCell(_("There is no such day. The date must look like 31/12/2026.")) from error


def _within_limits(day):
    if not (day >= _FIRST_DAY and day.year <= _LAST_YEAR):
        raise BadCell(_("The year %(year)s cannot be right here.") % {"year": day.year})
    return day


def as_yes_no(cell, empty):
    """Có → True, Không → False, nothing → `empty`."""
    value = checked(cell)
    if isinstance(value, bool):
        return value
    if cell.empty:
        return empty
    answer = {"có": True, "không": False}
    found = {name_key(word): meaning for word, meaning in answer.items()}.get(name_key(str(value)))
    if found is None:
        raise BadCell(_("Write Có or Không."))
    return found


def as_choice(cell, choices):
    """One of the codes `choices`, letter case aside; "" for nothing."""
    value = checked(cell)
    if cell.empty:
        return ""
    code = clean_code(str(value)).upper()
    if code not in choices:
        raise BadCell(_("Write one of: %(choices)s.") % {"choices": ", ".join(choices)})
    return code


def _without_control(text):
    if _CONTROL.search(text):
        raise BadCell(pgettext("cell", "The cell holds characters that cannot be shown. Type it again."))
    return text
