"""A book as an Excel file: every column, every standing entry this person reads."""

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.workbook import write_workbook

from ..models import named


def workbook(book, rows, more=()) -> bytes:
    columns = [(str(column.heading), column.width) for column in book.columns]
    columns += [(_("Unit"), 34), (_("Entered by"), 26), (_("Entered on"), 14)]
    lines = ([_cell(column.value(row)) for column in book.columns] + _tail(row) for row in rows)
    return write_workbook([(str(book.label)[:31], columns, lines), *more], title=str(book.label))


def _cell(value):
    """Lazy words as text, moments in local time; numbers and days stay what they are."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    return str(value) if isinstance(value, Promise) else value


def _tail(row):
    return [named(row.unit), row.made_by_name, timezone.localdate(row.made_at)]
