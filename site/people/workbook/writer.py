"""Writes a workbook, or one sheet as text, others can open and this portal reads back unchanged.

Rows go to the file one by one: memory does not grow with them.
"""

import codecs
import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import ceil

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from .delimited import neutralised

_HEAD_FONT, _TITLE_FONT = Font(bold=True), Font(bold=True, size=14)
_HEAD_FILL = PatternFill("solid", fgColor="F3EEE6")
_LINE = Side(style="thin", color="808080")
_BOXED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SAFE_INTEGER = 10**15  # Excel keeps fifteen digits; a longer number stays exact as text
_LONGEST = 32_767  # characters of one cell
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


A4, A3 = 9, 8  # as Excel numbers them
_LINE_HEIGHT, _TALLEST = 15, 405  # points; Excel allows 409


@dataclass(frozen=True)
class PrintedSheet:
    """A sheet made to be printed: lines above the table, landscape, as wide as the paper, its head on
    every page, page numbers below. `columns`: [(heading, width)]; `numbered` adds the row (1) (2) (3)…

    `rows` may be an iterator; `bold_rows` are the places of totals among them. `paper`: A4 or A3.
    """

    name: str
    columns: tuple
    rows: object
    above: tuple = ()
    numbered: bool = False
    bold_rows: frozenset = frozenset()
    paper: int = A4


def write_workbook(sheets, title="") -> bytes:
    """`sheets`: [(title, [(heading, width)], rows)] or `PrintedSheet`; see `save_workbook`."""
    out = io.BytesIO()
    save_workbook(out, sheets, title)
    return out.getvalue()


def save_workbook(file, sheets, title=""):
    """The workbook into an open binary `file`. Text is a text cell whatever it begins with, so that `=…` is
    never run, not even once somebody edits it; numbers are numbers; dates are date cells shown dd/mm/yyyy."""
    book = Workbook(write_only=True)
    book.properties.title = _clean(title)
    for made in sheets:
        if isinstance(made, PrintedSheet):
            _write_printed(book, made)
        else:
            _write_plain(book, *made)
    book.save(file)


def _write_plain(book, name, columns, rows):
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    _widths(sheet, columns)
    sheet.append([_heading_cell(sheet, heading) for heading, _width in columns])
    cells = _Cells(sheet)
    for row in rows:
        sheet.append([cells.of(value) for value in row])


def _write_printed(book, made):
    sheet = book.create_sheet(made.name)
    head = len(made.above) + 1  # the row of the headings
    last_of_head = head + (1 if made.numbered else 0)
    _set_up(sheet, head, last_of_head, made.paper)
    _widths(sheet, made.columns)
    for place, line in enumerate(made.above):
        cell = _text_cell(sheet, line)
        if place == 0:
            cell.font = _TITLE_FONT
        sheet.append([cell])
    headings = [heading for heading, _width in made.columns]
    _append(sheet, head, [_boxed_heading(sheet, heading) for heading in headings], headings, made.columns)
    if made.numbered:
        numbers = range(1, len(made.columns) + 1)
        sheet.append([_boxed_heading(sheet, f"({number})") for number in numbers])
    plain, bold = _Cells(sheet, boxed=True), _Cells(sheet, boxed=True, bold=True)
    for place, row in enumerate(made.rows):
        cells = bold if place in made.bold_rows else plain
        number = last_of_head + 1 + place
        _append(sheet, number, [cells.of(value) for value in row], row, made.columns)


def _append(sheet, number, cells, values, columns):
    """A row as high as its texts need: not every program finds that out by itself. The height is forgotten
    once it is written, so that memory does not grow."""
    lines = max(
        (_lines_of(value, width) for value, (_heading, width) in zip(values, columns, strict=True)), default=1
    )
    sheet.row_dimensions[number].height = min(_TALLEST, _LINE_HEIGHT * lines)
    sheet.append(cells)
    del sheet.row_dimensions[number]


def _lines_of(value, width):
    """The lines of a text in a column of `width` characters; words leave a fifth of each line empty."""
    if not isinstance(value, str) or len(value) < width * 0.8:
        return 1
    return sum(max(1, ceil(len(line) / (width * 0.8))) for line in value.splitlines())


def _set_up(sheet, head, last_of_head, paper):
    sheet.freeze_panes = f"A{last_of_head + 1}"
    sheet.print_title_rows = f"{head}:{last_of_head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "&P/&N"


def _widths(sheet, columns):
    for index, (_heading, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def _heading_cell(sheet, heading):
    cell = _text_cell(sheet, heading)
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, Alignment(wrap_text=True, vertical="top")
    return cell


def _boxed_heading(sheet, heading):
    cell = _heading_cell(sheet, heading)
    cell.border = _BOXED
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    return cell


class _Cells:
    """Makes the cells of one sheet. A style is looked up once and shared: finding it anew for every cell
    takes longer than writing the cell."""

    def __init__(self, sheet, *, boxed=False, bold=False):
        self.sheet, self.boxed, self.bold = sheet, boxed, bold
        self._styles = {}

    def of(self, value):
        """The cell of a value; None for nothing, boxed where the table has lines."""
        value, number_format = _plain(value)
        if value is None and not self.boxed:
            return None
        cell = WriteOnlyCell(self.sheet, value if not isinstance(value, str) else None)
        if isinstance(value, str):
            cell._value, cell.data_type = value, "s"  # not a formula or an error, whatever it looks like
            return self._styled(cell, "@", quoted=value.startswith(_FORMULA_STARTS))
        return self._styled(cell, number_format)

    def _styled(self, cell, number_format, quoted=False):
        key = (number_format, quoted)
        if key not in self._styles:
            self._styles[key] = self._style(number_format, quoted)
        cell._style = self._styles[key]
        return cell

    def _style(self, number_format, quoted):
        cell = WriteOnlyCell(self.sheet)
        cell.number_format = number_format
        if self.boxed:
            cell.border = _BOXED
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if self.bold:
            cell.font = _HEAD_FONT
        style = cell._style
        style.quotePrefix = int(quoted)  # stays text when somebody edits the cell, or saves it as CSV
        return style


def _plain(value):
    """(what the cell holds, its number format); (None, "General") for nothing."""
    if value is None or value == "":
        return None, "General"
    if isinstance(value, bool):
        return value, "General"
    if isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        return local, "dd/mm/yyyy hh:mm"
    if isinstance(value, date):
        return value, "dd/mm/yyyy"
    if isinstance(value, time):
        return value, "hh:mm"
    if isinstance(value, int | float | Decimal) and abs(value) < _SAFE_INTEGER:
        return value, _shape(value)
    return _clean(str(value)) or None, "@"


def _shape(value):
    """A decimal shows the places it has: 86.40 as 86,40 on a Vietnamese machine."""
    if not isinstance(value, Decimal):
        return "General"
    places = max(0, -value.as_tuple().exponent)
    return f"0.{'0' * places}" if places else "0"


def _text_cell(sheet, text):
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = _clean(text), "s"
    return cell


def _clean(text):
    """What XML and Excel can hold, composed."""
    return ILLEGAL_CHARACTERS_RE.sub("", unicodedata.normalize("NFC", str(text)))[:_LONGEST]


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
