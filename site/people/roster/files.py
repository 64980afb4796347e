"""From a workbook to rows of plain values; whatever cannot be read is an issue of its row, never a guess."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from ..workbook import BadCell, Cell, as_choice, as_code, as_date, as_text, as_yes_no, open_workbook
from ..workbook.reader import heading_key
from .sheets import CATEGORIES, SHEETS, SheetSpec


@dataclass(frozen=True)
class Issue:
    """An error, warning or conflict, addressed as a person finds it: sheet, row, heading, its cell."""

    sheet: str
    row: int | None
    column: str
    value: str
    reason: str

    def as_dict(self):
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": str(self.reason),
        }


@dataclass
class Row:
    """A row of the file. `values` has the columns of its sheet; comparison sets `before` and `after`."""

    spec: SheetSpec
    number: int
    values: dict
    shown: dict
    errors: list[Issue] = field(default_factory=list)
    conflicts: list[Issue] = field(default_factory=list)
    verdict: str = ""  # new, changed, same, error, conflict
    before: dict | None = None
    after: dict | None = None

    @property
    def good(self):
        return not self.errors and not self.conflicts

    @property
    def key(self):
        return tuple(self.values.get(name) for name in self.spec.key_names)

    def issue(self, name, reason):
        column = self.spec.column(name)
        return Issue(self.spec.title, self.number, column.heading, self.shown.get(name, ""), reason)

    def fail(self, name, reason):
        self.errors.append(self.issue(name, reason))


@dataclass
class RosterFile:
    rows: dict[str, list[Row]]
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)


def read_roster(file) -> RosterFile:
    """Reads the five sheets of `file` (binary, seekable). Raises WorkbookRefused for what is no workbook."""
    book = open_workbook(file, {spec.title: [c.heading for c in spec.columns] for spec in SHEETS})
    found = RosterFile({spec.code: [] for spec in SHEETS})
    known = {heading_key(spec.title): spec for spec in SHEETS}
    for key, sheet in book.sheets.items():
        if key in known:
            _read_sheet(known[key], sheet, found)
        else:
            found.warnings.append(
                Issue(sheet.title, None, "", "", _("The sheet is not part of the roster: not read."))
            )
    if not known.keys() & book.sheets.keys():
        titles = ", ".join(spec.title for spec in SHEETS)
        reason = _("None of the sheets is in the file: %(titles)s.") % {"titles": titles}
        found.errors.append(Issue("", None, "", "", reason))
    return found


def _read_sheet(spec, sheet, found):
    columns = {c: sheet.headings[k] for c in spec.columns if (k := heading_key(c.heading)) in sheet.headings}
    if not columns:
        if sheet.unknown:
            reason = _("The first row must be the headings: %(headings)s.") % {
                "headings": " | ".join(c.heading for c in spec.columns)
            }
            found.errors.append(Issue(spec.title, 1, "", sheet.unknown[0], reason))
        return
    for heading in sheet.repeated:
        found.errors.append(Issue(spec.title, 1, heading, "", _("The heading stands there twice.")))
    for heading in sheet.unknown:
        if heading:
            found.warnings.append(Issue(spec.title, 1, heading, "", _("The column is not known: not read.")))
    today = timezone.localdate()
    for number, cells in sheet.rows:
        found.rows[spec.code].append(_read_row(spec, columns, number, cells, today))
        if number in sheet.hidden:
            found.warnings.append(
                Issue(spec.title, number, "", "", _("The row is hidden in the file; it was read."))
            )


def _read_row(spec, columns, number, cells, today):
    row = Row(spec, number, {}, {})
    for column, index in columns.items():
        cell = cells.get(index) or _NOTHING
        row.shown[column.name] = cell.shown
        try:
            row.values[column.name] = _READ[column.kind](cell, column, today)
        except BadCell as bad:
            row.fail(column.name, str(bad))
    return row


def _code(cell, column, today):
    code = as_code(cell)
    if isinstance(code, str) and len(code) > column.length:
        raise BadCell(_("The code is longer than %(limit)s characters.") % {"limit": column.length})
    return code


def _birth_date(cell, column, today):
    day = as_date(cell)
    if day and day > today:
        raise BadCell(_("The date of birth is in the future."))
    return day


def _email(cell, column, today):
    address = as_text(cell, column.length)
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise BadCell(_("This is not an e-mail address.")) from error
    return address


_NOTHING = Cell()
_READ = {
    "code": _code,
    "text": lambda cell, column, today: as_text(cell, column.length),
    "date": lambda cell, column, today: as_date(cell),
    "birth_date": _birth_date,
    "email": _email,
    "category": lambda cell, column, today: as_choice(cell, CATEGORIES),
    "yes_no": lambda cell, column, today: as_yes_no(cell, empty=True),
}
