"""From a file to rows of plain values; whatever cannot be read is an issue of its row, never a guess.

The sheets and the kinds of their cells are the caller's: `read_file(file, SHEETS, KINDS)`.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .cells import BadCell
from .opening import open_file
from .reader import Cell, heading_key
from .sheets import SheetSpec

UNKNOWN = "unknown"  # kind of an issue: the cell names something nobody knows


@dataclass(frozen=True, slots=True)
class Issue:
    """An error, warning or conflict, addressed as a person finds it: sheet, row, heading, its cell."""

    sheet: str
    row: int | None
    column: str
    value: str
    reason: str
    kind: str = ""

    def as_dict(self):
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": str(self.reason),
        }


@dataclass(slots=True)
class Row:
    """A row of the file. `values` has the columns of its sheet; comparison sets `before` and `after`.

    `verdict`: new, changed, same, error, conflict, or repeated: word for word what another row says.
    """

    spec: SheetSpec
    number: int
    values: dict
    shown: dict
    errors: list[Issue] = field(default_factory=list)
    conflicts: list[Issue] = field(default_factory=list)
    verdict: str = ""
    before: dict | None = None
    after: dict | None = None
    candidates: tuple = ()  # codes among which a person has to choose
    is_repeat: bool = False

    @property
    def good(self):
        return not self.errors and not self.conflicts

    @property
    def key(self):
        return tuple(self.values.get(name) for name in self.spec.key_names)

    def issue(self, name, reason, kind=""):
        column = self.spec.column(name)
        return Issue(self.spec.title, self.number, column.heading, self.shown.get(name, ""), reason, kind)

    def fail(self, name, reason, kind=""):
        self.errors.append(self.issue(name, reason, kind))


@dataclass
class FileRows:
    """What a file says: rows by the code of their sheet. `columns`: {sheet code: {name: column number}}."""

    rows: dict[str, list[Row]]
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def count(self):
        return sum(len(rows) for rows in self.rows.values())


def read_file(file, specs, kinds, on_rows=None) -> FileRows:
    """Reads the sheets `specs` of `file` (binary, seekable): a workbook, or a text file that carries one of
    them. `kinds`: {kind: function of (cell, column)}. Raises WorkbookRefused for anything else.

    `on_rows(read, total)` is called every now and then; `total` is what the file says of itself.
    """
    book = open_file(file, specs, on_rows)
    found = FileRows({spec.code: [] for spec in specs})
    known = {heading_key(spec.title): spec for spec in specs}
    for key, sheet in book.sheets.items():
        if key in known:
            _read_sheet(known[key], sheet, found, kinds)
        else:
            found.warnings.append(Issue(sheet.title, None, "", "", _("The sheet is not known: not read.")))
    if not known.keys() & book.sheets.keys():
        titles = ", ".join(spec.title for spec in specs)
        reason = _("None of the sheets is in the file: %(titles)s.") % {"titles": titles}
        found.errors.append(Issue("", None, "", "", reason))
    return found


def _read_sheet(spec, sheet, found, kinds):
    columns = {c: sheet.headings[k] for c in spec.columns if (k := heading_key(c.heading)) in sheet.headings}
    found.columns[spec.code] = {column.name: index for column, index in columns.items()}
    if not columns:
        if sheet.unknown:
            reason = _("The first row must be the headings: %(headings)s.") % {
                "headings": " | ".join(c.heading for c in spec.columns)
            }
            found.errors.append(Issue(spec.title, 1, "", sheet.unknown[0], reason))
        return
    _tell_of_headings(spec, sheet, found)
    for number, cells in sheet.rows:
        row = _read_row(spec, columns, number, cells, kinds)
        if number in sheet.shifted:
            row.errors.append(
                Issue(
                    spec.title,
                    number,
                    "",
                    sheet.shifted[number],
                    _("The row has more cells than there are headings. Put text with commas in quotes."),
                )
            )
        found.rows[spec.code].append(row)
        if number in sheet.hidden:
            found.warnings.append(
                Issue(spec.title, number, "", "", _("The row is hidden in the file; it was read."))
            )
    sheet.rows = []  # a long file is not kept twice


def _tell_of_headings(spec, sheet, found):
    for heading in sheet.repeated:
        found.errors.append(Issue(spec.title, 1, heading, "", _("The heading stands there twice.")))
    for heading in sheet.unknown:
        if heading:
            found.warnings.append(Issue(spec.title, 1, heading, "", _("The column is not known: not read.")))
    named = {heading_key(column.heading): column.heading for column in spec.columns}
    for heading in (named[key] for key in sheet.hidden_columns):
        found.warnings.append(
            Issue(spec.title, 1, heading, "", _("The column is hidden in the file; it was read."))
        )
    if sheet.is_hidden:
        found.warnings.append(
            Issue(spec.title, None, "", "", _("The sheet is hidden in the file; it was read."))
        )


def _read_row(spec, columns, number, cells, kinds):
    row = Row(spec, number, {}, {})
    for column, index in columns.items():
        cell = cells.get(index) or _NOTHING
        row.shown[column.name] = cell.shown
        try:
            row.values[column.name] = kinds[column.kind](cell, column)
        except BadCell as bad:
            row.fail(column.name, str(bad))
    return row


_NOTHING = Cell()
