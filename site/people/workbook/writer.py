"""Writes a workbook others can open and this portal reads back unchanged."""

import io
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

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
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"  # not a formula, not an error value, whatever it looks like
    cell.number_format = "@"
    return cell
