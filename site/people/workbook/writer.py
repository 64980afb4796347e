"""Writes a workbook, or one sheet as text, others can open and this portal reads back unchanged."""

import codecs
import csv
import io
from datetime import date, time

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

from .delimited import neutralised

_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="F3EEE6")


def write_workbook(sheets, title="") -> bytes:
    """`sheets`: [(title, [(heading, width)], rows)]. Text is a text cell whatever it begins with, so that
    `=…` is never run; dates are date cells shown dd/mm/yyyy."""
    book = Workbook(write_only=True)
    book.properties.title = title
    for name, columns, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for index, (_heading, width) in enumerate(columns, start=1):
            sheet.column_dimensions[chr(64 + index)].width = width
        sheet.append([_heading_cell(sheet, heading) for heading, _width in columns])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading_cell(sheet, heading):
    cell = _cell(sheet, heading)
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet, value):
    if value is None or value == "":
        return None
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "dd/mm/yyyy"
        return cell
    if isinstance(value, time):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "hh:mm"
        return cell
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"  # not a formula, not an error value, whatever it looks like
    cell.number_format = "@"
    return cell


def write_text(columns, rows) -> bytes:
    """One sheet as CSV in UTF-8 with its mark, so that Excel shows the names right. Dates dd/mm/yyyy, times
    HH:MM; what Excel would run begins with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([heading for heading, _width in columns])
    writer.writerows([[_text(value) for value in row] for row in rows])
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _text(value):
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return neutralised(ILLEGAL_CHARACTERS_RE.sub("", str(value)))
