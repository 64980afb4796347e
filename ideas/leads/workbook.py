"""Leads as an Excel sheet: a template of what stands, and a file compared with it first."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from people.workbook import (
    Column,
    Issue,
    NumberCode,
    SheetSpec,
    as_code,
    as_text,
    read_file,
    write_workbook,
)

# The office's words, as on the template; the second sheet only helps to find codes.
LEADS = SheetSpec(
    "leads",
    "Phụ trách",
    (
        Column("code", "Mã hồ sơ", "code", key=True, required=True, width=18),
        Column("title", "Tên sáng kiến", "text", length=2000, width=50, kept=False),
        Column("staff", "Mã cán bộ phụ trách", "code", key=True, width=18),
        Column("name", "Họ và tên", "text", length=200, width=28, kept=False),
    ),
)
MEMBERS_TITLE = "Người chấm"
_KINDS = {
    "code": lambda cell, column: as_code(cell),
    "text": lambda cell, column: as_text(cell, column.length),
}
MOST_ROWS = 3000


def template(kept):
    """The workbook: a row for each dossier and lead (an empty one where nobody leads), and who can lead."""
    rows = [
        (
            dossier.code,
            dossier.initiative.title,
            staff.staff_code if staff else "",
            staff.full_name if staff else "",
        )
        for dossier in sorted(kept.values(), key=lambda dossier: dossier.code)
        for staff in [lead.staff for lead in dossier.leads] or [None]
    ]
    people = {staff.pk: staff for dossier in kept.values() for staff in dossier.eligible.values()}
    members = [
        (s.staff_code, s.full_name) for s in sorted(people.values(), key=lambda s: (s.order_key, s.pk))
    ]
    columns = [(column.heading, column.width) for column in LEADS.columns]
    return write_workbook(
        [
            (LEADS.title, columns, rows),
            (MEMBERS_TITLE, [("Mã cán bộ", 18), ("Họ và tên", 28)], members),
        ],
        title="Ủy viên phụ trách hồ sơ",
    )


@dataclass
class Compared:
    """What a file would do: `plan` {initiative key: staff keys} of the dossiers it names, and
    `issues` by row and reason. With an issue nothing is written."""

    plan: dict = field(default_factory=dict)
    issues: list = field(default_factory=list)


def compare(file, kept):
    """The file against what stands; reads, writes nothing. Raises WorkbookRefused for what is no workbook."""
    found = read_file(file, [LEADS], _KINDS)
    result = Compared(issues=list(found.errors))
    codes = {dossier.code: pk for pk, dossier in kept.items()}
    rows = found.rows[LEADS.code]
    if len(rows) > MOST_ROWS:
        reason = _("At most %(count)s rows are read at once.") % {"count": MOST_ROWS}
        result.issues.append(Issue(LEADS.title, None, "", "", reason))
        return result
    for row in rows:
        _take(row, codes, kept, result)
    if not rows and not result.issues:
        result.issues.append(Issue(LEADS.title, None, "", "", _("The sheet has no rows.")))
    return result


def _take(row, codes, kept, result):
    """One row into the plan, or its issues: the dossier, then the person."""
    code, staff = row.values.get("code"), row.values.get("staff")
    for name, value in (("code", code), ("staff", staff)):
        if isinstance(value, NumberCode):
            row.fail(name, _("A code was expected here. Type it as text."))
    pk = codes.get(code)
    if row.good and not code:
        row.fail("code", _("Name the dossier."))
    elif row.good and pk is None:
        row.fail("code", _("No dossier with this code is being scored in this round under your care."))
    if row.good:
        chosen = result.plan.setdefault(pk, set())
        person = _person(row, staff, kept[pk])
        if person is not None and person in chosen:
            row.fail("staff", _("This person stands on two rows of the dossier."))
        elif person is not None:
            chosen.add(person)
    result.issues += row.errors


def _person(row, code, dossier):
    if not code:
        return None
    found = next((pk for pk, staff in dossier.eligible.items() if staff.staff_code == code), None)
    if found is None:
        row.fail("staff", _("This person does not score the dossier: no seat, an author, or in conflict."))
    return found


def lines_of(plan, kept):
    """[(dossier, names before, names after)] of the dossiers whose leads would differ."""
    lines = []
    for pk in sorted(plan, key=lambda pk: kept[pk].code):
        dossier = kept[pk]
        if plan[pk] != dossier.lead_ids:
            before = [lead.staff.full_name for lead in dossier.leads]
            lines.append((dossier, before, [dossier.eligible[key].full_name for key in sorted(plan[pk])]))
    return lines
