"""A text file (CSV) that carries one sheet, recognised by its headings.

UTF-8 or UTF-16, separated by `;`, `,` or tabs. Any other encoding is refused: to guess it would turn names
into garbage. An apostrophe before = + - @ was put there so that Excel runs nothing; it is taken off again.
"""

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from .container import MAX_BYTES, WorkbookRefused, not_a_workbook, too_large
from .reader import Cell, Sheet, Workbook, check_row_count, heading_key, take_headings

_SEPARATORS = ";,\t"
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r\n]")
_NEEDS_APOSTROPHE = re.compile(r"'*[=+\-@\t\r\n]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_EVERY = 1_000


def neutralised(text):
    """`text` as a CSV cell carries it: Excel would run what begins with = + - @."""
    return f"'{text}" if _NEEDS_APOSTROPHE.match(text) else text


def looks_like_text(head):
    """Whether the first bytes may be text in some encoding: UTF-16 says so, others hold no NUL."""
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" not in head


def open_text(file, specs, on_rows=None) -> Workbook:
    """The one sheet of a text file. Raises WorkbookRefused: too large, another encoding, damaged, headings
    of no sheet."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > MAX_BYTES:
        raise too_large(size)
    text = _decoded(file.read())
    records = _records(text)
    header_at, header = next(((n, r) for n, r in records if any(cell.strip() for cell in r)), (0, []))
    spec = _recognised(header, specs)
    sheet = Sheet(spec.title)
    cells = {n: Cell(_without_apostrophe(value)) for n, value in enumerate(header, start=1) if value.strip()}
    take_headings(sheet, cells, [heading_key(column.heading) for column in spec.columns])
    columns = sorted(sheet.headings.values())
    total = text.count("\n")
    for number, record in records:
        _take(sheet, number, record, columns, len(header))
        if on_rows and number % _EVERY == 0:
            on_rows(number - header_at, total)
    return Workbook({heading_key(spec.title): sheet})


def _decoded(content):
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-16":
            raise not_a_workbook() from error
        raise WorkbookRefused(
            "encoding",
            _(
                "The text file is in an old encoding (Windows-1258, TCVN3 or VNI), which would spoil the "
                "names. Save it in Excel as “CSV UTF-8”, or as Excel Workbook (.xlsx)."
            ),
        ) from error
    if _NOT_TEXT.search(text):
        raise not_a_workbook()
    return text


def _records(text):
    """(row as Excel numbers it, cells); Excel's own first line `sep=;` is no row."""
    first, _newline, rest = text.partition("\n")
    declared = re.fullmatch(r"sep=(.)", first.strip("\r "), re.IGNORECASE)
    if declared:
        text, separator = rest, declared[1]
    else:
        separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WorkbookRefused(
                "damaged_text",
                _("Row %(row)s of the text file cannot be read: a quotation mark is not closed. Correct it.")
                % {"row": number},
            ) from error
        yield number, record


def _separator(text):
    """The separator the first line with anything in it uses most, quoted parts and notes aside."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"|\([^()]*\)', "", line)
    return max(_SEPARATORS, key=bare.count)


def _recognised(header, specs):
    """The sheet whose key headings all stand there and of which most headings do."""
    keys = {heading_key(cell) for cell in header}
    fitting = []
    for spec in specs:
        headings = {column.name: heading_key(column.heading) for column in spec.columns}
        if all(headings[c.name] in keys for c in spec.columns if c.key and c.required):
            matched = len(keys & set(headings.values()))
            fitting.append((matched, matched - len(headings), spec))
    fitting.sort(key=lambda found: found[:2], reverse=True)
    if not fitting or (len(fitting) > 1 and fitting[0][:2] == fitting[1][:2]):
        raise WorkbookRefused(
            "headings",
            _("The headings of the text file are those of no sheet. It carries one of: %(titles)s.")
            % {"titles": ", ".join(spec.title for spec in specs)},
        )
    return fitting[0][2]


def _without_apostrophe(value):
    return value[1:] if _NEUTRALISED.match(value) else value


def _take(sheet, number, record, columns, width):
    known = {
        column: Cell(_without_apostrophe(record[column - 1]), untyped=True)
        for column in columns
        if column <= len(record) and record[column - 1]
    }
    beyond = next((cell for cell in record[width:] if cell.strip()), "")
    if any(not cell.empty for cell in known.values()) or beyond:
        sheet.rows.append((number, known))
        if beyond:
            sheet.shifted[number] = beyond[:200]
    check_row_count(sheet)
