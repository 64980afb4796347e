"""A row of an import as its page draws it: whom and what it concerns, what changes, what is wrong."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Staff, UnitAssignment, containing

from ..models import ImportRow
from ..workbook.sheets import BY_CODE, SESSION_WORDS, STATUS_WORDS
from .decisions import needs_person

_WORDS = {code: word for words in (SESSION_WORDS, STATUS_WORDS) for word, code in words.items()}
_DATES = frozenset({"held_on", "end_before", "completed_on", "start_on"})


@dataclass
class Line:
    row: ImportRow
    name: str  # in the form
    sheet: str
    key: str
    what: str
    changes: list = field(default_factory=list)  # (heading, before, after)
    content: list = field(default_factory=list)  # (heading, value) of a new row
    candidates: list = field(default_factory=list)  # (code, words)
    needs_person: bool = False

    @property
    def is_left(self):
        return self.row.decision == ImportRow.Decision.SKIP


def lines(rows, answers=()):
    """Lines of the ImportRows `rows`; a constant number of queries. `answers` {(sheet, number): Answer} were
    given and are not kept yet: shown as if they were."""
    for row in rows if answers else ():
        if answer := answers.get((row.sheet, row.number)):
            row.decision = ImportRow.Decision.SKIP if answer.leave else ImportRow.Decision.UNDECIDED
            row.chosen = answer.chosen
    described = _describe({code for row in rows for code in [*row.candidates, row.chosen] if code})
    return [_line(row, described) for row in rows]


def _line(row, described):
    spec = BY_CODE[row.sheet]
    shown = row.shown
    if row.sheet == "attendance":
        key, what = shown.get("session", ""), shown.get("full_name", "")
    else:
        what = shown.get("name", "")
        key = " · ".join(
            shown.get(name, "") for name in spec.key_names if shown.get(name) and name != "staff"
        )
    line = Line(row, f"{row.sheet}-{row.number}", spec.title, key, what, needs_person=needs_person(row))
    if row.verdict == ImportRow.Verdict.CHANGE:
        line.changes = [
            (spec.column(name).heading, words(name, row.before.get(name)), words(name, row.after.get(name)))
            for name in spec.value_names
            if row.before.get(name) != row.after.get(name)
        ]
    elif row.after and row.verdict in (ImportRow.Verdict.NEW, ImportRow.Verdict.SAME):
        line.content = [
            (spec.column(name).heading, words(name, row.after.get(name)))
            for name in spec.value_names
            if name != "name" and row.after.get(name) not in (None, "", [])
        ]
    if line.needs_person:
        codes = list(dict.fromkeys([*row.candidates, row.chosen])) if row.chosen else row.candidates
        line.candidates = [(code, described.get(code, code)) for code in codes]
    return line


def words(name, value):
    """A kept value as people read it."""
    if value is None or value == "" or value == []:
        return _("empty")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if name in _DATES:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if name in ("starts_at", "ends_at"):
        return value[:5]
    return _WORDS.get(value, value) if name in ("state", "status") else str(value)


def _describe(codes):
    """`{code: "HD-0015 · Lê An · Văn phòng"}`. The date of birth only where name and unit do not tell two
    people apart."""
    people = Staff.objects.filter(staff_code__in=codes).values_list("staff_code", "full_name", "birth_date")
    people = list(people) if codes else []
    today = timezone.localdate()
    primary = UnitAssignment.objects.filter(containing(today), is_primary=True, staff__staff_code__in=codes)
    units = dict(primary.values_list("staff__staff_code", "unit__name")) if codes else {}
    alike = Counter((name, units.get(code)) for code, name, _born in people)
    found = {}
    for code, name, born in people:
        parts = [code, name, units.get(code) or _("no unit")]
        if alike[name, units.get(code)] > 1 and born:
            parts.append(_("born %(day)s") % {"day": f"{born:%d/%m/%Y}"})
        found[code] = " · ".join(parts)
    return found
