"""Streams an .xlsx: one header row a sheet, then rows of cells that know their address, format and flags.

openpyxl's parser is used row by row, so that merged cells, hidden rows and formulas without a stored value
can be told apart; its `load_workbook` shows these only together with everything in memory, or not at all.
"""

import logging
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils.translation import gettext as _
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from vietnamese.text import name_key

from .container import WorkbookRefused, check_container, not_a_workbook

log = logging.getLogger(__name__)
MAX_ROWS = 100_000  # in one sheet, not counting empty ones
MAX_MERGED = 5_000
_EVERY = 1_000  # rows between two words on how far the reading is
_HEAD = 4_096  # bytes of a sheet before its rows begin
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension[^>]*\bref="([A-Za-z0-9:$]+)"')
_NOTE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the file. `flag`: "", "formula" (no stored value), "merged" or "error".

    `untyped`: from a text file, which does not say whether 7 was typed as a number or as text.
    """

    value: object = None
    number_format: str = "General"
    flag: str = ""
    epoch: datetime | None = None
    untyped: bool = False

    @property
    def empty(self):
        return self.flag == "" and (
            self.value is None or (isinstance(self.value, str) and not self.value.strip())
        )

    @property
    def shown(self):
        """The value as a message quotes it."""
        if isinstance(self.value, datetime):
            has_time = self.value.time() != time(0)
            return self.value.strftime("%d/%m/%Y %H:%M" if has_time else "%d/%m/%Y")
        if isinstance(self.value, time):
            return self.value.strftime("%H:%M:%S" if self.value.second else "%H:%M")
        if isinstance(self.value, float) and self.value.is_integer() and abs(self.value) < 1e15:
            return str(int(self.value))
        return "" if self.value is None else str(self.value)[:200]


@dataclass
class Sheet:
    """`headings`: {key of the heading: column number}; `rows`: [(row number, {column number: Cell})].

    `shifted`: {row number: first cell beyond the headings}; only a text file can have such rows.
    """

    title: str
    headings: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    rows: list = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: list[str] = field(default_factory=list)
    is_hidden: bool = False
    shifted: dict[int, str] = field(default_factory=dict)


@dataclass
class Workbook:
    sheets: dict[str, Sheet]  # by the key of its title


def heading_key(text):
    """A heading or title as it is compared: brackets hold a note; case, form, spaces don't count."""
    return name_key(_NOTE.sub(" ", str(text)))


def open_workbook(file, known: dict[str, Iterable[str]], on_rows=None) -> Workbook:
    """Reads the sheets named in `known` ({title: headings}); others are kept as empty sheets.

    `on_rows(read, total)` is called every thousand rows; `total` is what the sheets say of themselves.
    Raises WorkbookRefused for a file that is no workbook, too large, encrypted, or has too many rows.
    """
    check_container(file)
    wanted = {heading_key(title): [heading_key(h) for h in headings] for title, headings in known.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl mentions styles and extensions it drops
        try:
            return _read(file, wanted, on_rows)
        except WorkbookRefused:
            raise
        except Exception as damage:  # zip, XML and number parsers each have their own on damaged bytes
            log.info("a workbook could not be read", exc_info=damage)
            raise not_a_workbook() from damage


class _Progress:
    """Rows read of all sheets, said every thousand."""

    def __init__(self, on_rows, total):
        self.on_rows, self.total, self.read = on_rows, total, 0

    def row(self):
        self.read += 1
        if self.on_rows and self.read % _EVERY == 0:
            self.on_rows(self.read, max(self.total, self.read))


class _Worksheet(ReadOnlyWorksheet):
    """openpyxl's, which would parse a whole sheet without a word on its size just to find none."""

    def _get_size(self):
        with self._get_source() as source:
            said = _DIMENSION.search(source.read(_HEAD))
        if said:
            self._max_row = range_boundaries(said[1].decode())[3]


class _Reader(ExcelReader):
    def read_worksheets(self):
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                worksheet = _Worksheet(self.wb, sheet.name, relation.target, self.shared_strings)
                worksheet.sheet_state = sheet.state
                self.wb._sheets.append(worksheet)


def _read(file, wanted, on_rows):
    reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    book = reader.wb
    sheets = {}
    ours = [worksheet for worksheet in book.worksheets if heading_key(worksheet.title) in wanted]
    progress = _Progress(on_rows, sum(min((w.max_row or 1) - 1, MAX_ROWS) for w in ours))
    for worksheet in book.worksheets:
        key = heading_key(worksheet.title)
        if key in sheets:
            raise WorkbookRefused(
                "same_title", _("Two sheets are called “%(title)s”.") % {"title": worksheet.title}
            )
        sheets[key] = Sheet(worksheet.title)
        if worksheet in ours:
            _fill(sheets[key], worksheet, book, wanted[key], progress)
            sheets[key].is_hidden = worksheet.sheet_state != "visible" and bool(sheets[key].rows)
    reader.archive.close()
    return Workbook(sheets)


class _Parser(WorkSheetParser):
    """openpyxl's, which also says where a formula has no stored value."""

    def parse_cell(self, element):
        cell = super().parse_cell(element)
        has_value = element.findtext(VALUE_TAG, None) not in (None, "")
        if element.find(FORMULA_TAG) is not None and not has_value and cell["data_type"] != "inlineStr":
            cell["data_type"] = "no-value"
        return cell


def _fill(sheet, worksheet, book, headings, progress):
    with worksheet._get_source() as source:
        parser = _Parser(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            row = {c["column"]: cell for c in cells if (cell := _cell(c, book)) is not None}
            if not row:
                continue
            if not sheet.headings:
                take_headings(sheet, row, headings)
                header_at = number
                continue
            known = {column: row[column] for column in sheet.headings.values() if column in row}
            if any(not cell.empty for cell in known.values()):
                sheet.rows.append((number, known))
            check_row_count(sheet)
            progress.row()
        if sheet.rows:
            _flag_merged(sheet, _merged(parser), header_at)
        hidden = {
            int(n) for n, row in parser.row_dimensions.items() if row.get("hidden") in ("1", "true", True)
        }
        sheet.hidden = hidden & {number for number, _cells in sheet.rows}
        sheet.hidden_columns = _hidden_columns(sheet, parser)


def _hidden_columns(sheet, parser):
    """Headings of known columns that the file hides; a range of columns is stored under its first."""
    hidden = []
    for column in parser.column_dimensions.values():
        if column.get("hidden") in ("1", "true", True):
            hidden.append(range(int(column["min"]), int(column["max"]) + 1))
    return [key for key, index in sheet.headings.items() if any(index in columns for columns in hidden)]


def check_row_count(sheet):
    if len(sheet.rows) > MAX_ROWS:
        raise WorkbookRefused(
            "too_many_rows",
            _("The sheet “%(title)s” has more than %(limit)s rows. Split the file.")
            % {"title": sheet.title, "limit": f"{MAX_ROWS:,}".replace(",", ".")},
        )


def _cell(raw, book):
    """None for a cell without anything in it."""
    flag = {"no-value": "formula", "e": "error"}.get(raw["data_type"], "")
    if raw["value"] is None and not flag:
        return None
    style = book._cell_styles[raw["style_id"]] if raw["style_id"] else None
    return Cell(raw["value"], _number_format(style, book), flag, book.epoch)


def _number_format(style, book):
    if style is None:
        return "General"
    if style.numFmtId < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(style.numFmtId, "General")
    return book._number_formats[style.numFmtId - BUILTIN_FORMATS_MAX_SIZE]


def take_headings(sheet, row, headings):
    for column, cell in sorted(row.items()):
        key = heading_key(cell.shown)
        if key not in headings:
            sheet.unknown.append(cell.shown)
        elif key in sheet.headings:
            sheet.repeated.append(cell.shown)
        else:
            sheet.headings[key] = column
    if not sheet.headings:
        sheet.headings = {"": 0}  # a header of which nothing is known: said once by whoever checks the sheet


def _merged(parser):
    ranges = parser.merged_cells.mergeCell if parser.merged_cells else []
    if len(ranges) > MAX_MERGED:
        raise WorkbookRefused("merged", _("The workbook has too many merged cells. Unmerge them in Excel."))
    return [range_boundaries(merged.ref) for merged in ranges]


def _flag_merged(sheet, ranges, header_at):
    """A cell covered by a merge is empty in the file: to take the first cell's value would be a guess."""
    rows = sorted(sheet.rows, key=lambda row: row[0])
    numbers = [number for number, _cells in rows]
    for left, top, right, bottom in ranges:
        first = bisect_left(numbers, max(top, header_at + 1))
        for number, cells in rows[first : bisect_right(numbers, bottom)]:
            for column in sheet.headings.values():
                if left <= column <= right and (number, column) != (top, left):
                    cells[column] = Cell(None, flag="merged")
