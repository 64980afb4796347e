"""What the cells of a roster hold; the reading itself is every workbook's."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from ..workbook import BadCell, FileRows, as_choice, as_date, as_short_code, as_text, as_yes_no, read_file
from .sheets import CATEGORIES, SHEETS


def read_roster(file) -> FileRows:
    """Reads the five sheets of `file` (binary, seekable). Raises WorkbookRefused for what is no workbook."""
    return read_file(file, SHEETS, kinds(timezone.localdate()))


def _email(cell, column):
    address = as_text(cell, column.length)
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise BadCell(_("This is not an e-mail address.")) from error
    return address


def kinds(today):
    def birth_date(cell, column):
        day = as_date(cell)
        if day and day > today:
            raise BadCell(_("The date of birth is in the future."))
        return day

    return {
        "code": lambda cell, column: as_short_code(cell, column.length),
        "text": lambda cell, column: as_text(cell, column.length),
        "date": lambda cell, column: as_date(cell),
        "birth_date": birth_date,
        "email": _email,
        "category": lambda cell, column: as_choice(cell, CATEGORIES),
        "yes_no": lambda cell, column: as_yes_no(cell, empty=True),
    }
