"""Writes what a comparison found: a constant number of queries a sheet and five hundred rows.

Inside one transaction. Attendance is written as events alone; sessions whose credit changes have theirs
projected again.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from people.models import Staff

from ..attendance import last_words, project, record
from ..catalogue import set_counting_of
from ..models import (
    Attendance,
    AttendanceEvent,
    Course,
    Requirement,
    RequirementCourse,
    Session,
    SessionHistory,
)
from . import records
from .compare import Importer

_BATCH = 500
WRITTEN = ("new", "changed")


@dataclass
class Context:
    """Who imports, when, under which key; and the keys of codes, asked for once."""

    importer: Importer
    now: datetime
    prefix: str  # of the keys of events: one for each import
    staff: dict = field(default_factory=dict)  # code: pk
    names: dict = field(default_factory=dict)  # code: full name
    requirements: dict = field(default_factory=dict)
    courses: dict = field(default_factory=dict)

    def load(self):
        people = list(Staff.objects.values_list("staff_code", "pk", "full_name"))
        self.staff = {code: pk for code, pk, _name in people}
        self.names = {code: name for code, _pk, name in people}
        self.requirements = dict(Requirement.objects.values_list("code", "pk"))
        self.load_courses()
        return self

    def load_courses(self):
        self.courses = dict(Course.objects.values_list("code", "pk"))


@dataclass(frozen=True)
class Outcome:
    """What taking a row back needs: the fields it replaced (None: there was no record), and wrote."""

    was: dict | None
    wrote: dict


def event_prefix(batch_pk):
    return f"import:{batch_pk}:"


def write(plan, context) -> dict:
    """Writes the rows that are new or changed. `{(sheet, row number): Outcome}`."""
    rows = {}
    for row in plan.rows:
        rows.setdefault(row.spec.code, []).append(row)
    outcome = {}
    changing = {code: [r for r in of_sheet if r.verdict in WRITTEN] for code, of_sheet in rows.items()}
    if changing.get("courses"):
        outcome |= _write_courses(changing["courses"], context)
        context.load_courses()
    resized = {}
    if changing.get("sessions"):
        outcome |= _write_sessions(changing["sessions"], context)
        resized = {r.key[0] for r in changing["sessions"] if _is_resized(r)}
    outcome |= _write_attendance(rows.get("attendance", []), resized, context)
    project_again(resized)
    for sheet in ("outside", "exemptions"):
        if changing.get(sheet):
            outcome |= _write_records(sheet, changing[sheet], context)
    return outcome


def _is_resized(row):
    return row.before is not None and row.before["credit_minutes"] != row.after["credit_minutes"]


def project_again(codes):
    """Brings the attendance of sessions whose credit changed in line with it."""
    if not codes:
        return
    minutes = dict(Session.objects.filter(code__in=codes).values_list("pk", "credit_minutes"))
    pairs = Attendance.objects.filter(session__in=minutes).values_list("session", "staff")
    project(set(pairs), minutes)


# ---- plain records


def _write_records(sheet, rows, context):
    stored = records.stored_by_key(sheet, rows, context)
    outcome, targets, new, changed = {}, {}, [], []
    for row in rows:
        found = stored.get(row.key)
        was = records.raw(sheet, found) if found else None
        target = found or records.new(sheet, row, context)
        records.fill(sheet, target, row, context)
        (changed if found else new).append(target)
        outcome[sheet, row.number] = Outcome(was, records.raw(sheet, target))
        targets[sheet, row.number] = (row, target)
    model = records.MODELS[sheet]
    model.objects.bulk_create(new, _BATCH)
    model.objects.bulk_update(changed, records.FIELDS[sheet], _BATCH)
    for key, (row, target) in targets.items():
        outcome[key].wrote.update(pk=records.plain(target.pk), at=[records.plain(part) for part in row.key])
    return outcome


def _write_courses(rows, context):
    counting = counting_of([row.key[0] for row in rows])
    outcome = _write_records("courses", rows, context)
    courses = dict(Course.objects.filter(code__in=[row.key[0] for row in rows]).values_list("code", "pk"))
    wanted = {}
    for row in rows:
        pairs = {(context.requirements[c], y) for c in row.after["requirements"] for y in row.after["years"]}
        wanted[courses[row.key[0]]] = pairs
        found = outcome["courses", row.number]
        found.wrote["counting"] = sorted(map(list, pairs))
        if found.was is not None:
            found.was["counting"] = counting.get(row.key[0], [])
    set_counting_of(wanted)
    return outcome


def counting_of(codes):
    """`{course code: sorted [[requirement pk, year]]}`."""
    found = {}
    rows = RequirementCourse.objects.filter(course__code__in=codes)
    for code, requirement, year in rows.values_list("course__code", "requirement", "year"):
        found.setdefault(code, []).append([requirement, year])
    return {code: sorted(pairs) for code, pairs in found.items()}


def _write_sessions(rows, context):
    outcome = _write_records("sessions", rows, context)
    steps = [
        (row.key[0], row.before["state"] if row.before else "", row.after["state"])
        for row in rows
        if row.before is None or row.before["state"] != row.after["state"]
    ]
    note_steps(steps, "import", context)
    return outcome


def note_steps(steps, transition, context):
    """A line of history for each (session code, state before, state after)."""
    pks = dict(Session.objects.filter(code__in=[code for code, *_ in steps]).values_list("code", "pk"))
    SessionHistory.objects.bulk_create(
        [
            SessionHistory(
                session_id=pks[code],
                at=context.now,
                transition=transition,
                from_state=before,
                to_state=after,
                user_id=context.importer.user_id,
                actor_name=context.importer.name[:120],
                actor_code=context.importer.code,
                details={"import": context.prefix},
            )
            for code, before, after in steps
        ],
        _BATCH,
    )


# ---- attendance


def _write_attendance(rows, resized, context):
    """A row that says the same is said again where its session's credit changes: what the file says stays."""
    told = [
        row
        for row in rows
        if row.verdict in WRITTEN or (row.verdict == "same" and row.values["session"] in resized)
    ]
    if not told:
        return {}
    sessions = sessions_by_code({row.values["session"] for row in told}, lock=True)
    pairs = {(sessions[row.key[0]][0], context.staff[row.key[1]]): row for row in told}
    last, outcome, events = last_words(set(pairs)), {}, []
    for pair, row in pairs.items():
        event = _event(pair, row, last.get(pair), context)
        events.append(event)
        wrote = {"at": list(row.key), "session": pair[0], "key": event.key, "status": event.status}
        outcome["attendance", row.number] = Outcome(_was(row, last.get(pair)), wrote)
    record(dict(sessions.values()), events)
    return outcome


def sessions_by_code(codes, *, lock):
    """`{code: (pk, credit)}`, locked in the order of their keys if asked."""
    found = Session.objects.filter(code__in=codes)
    if lock:
        found = found.select_for_update().order_by("pk")
    return {code: (pk, minutes) for code, pk, minutes in found.values_list("code", "pk", "credit_minutes")}


def _event(pair, row, last, context):
    return AttendanceEvent(
        key=f"{context.prefix}{row.spec.code}:{row.number}",
        session_id=pair[0],
        staff_id=pair[1],
        status=row.after["status"],
        minutes=row.values.get("minutes"),
        source=AttendanceEvent.Source.IMPORT,
        at=after(last, context.now),
        by_id=context.importer.user_id,
        by_name=context.importer.name,
    )


def after(last, now):
    """A moment at which the new word outranks the `last` one, should that clock have been ahead."""
    return max(now, last.at + timedelta(microseconds=1)) if last else now


def _was(row, last):
    if row.before is None:
        return None
    if last is None:
        return {"status": row.before["status"], "minutes": row.before["minutes"]}
    return {"status": last.status, "minutes": last.minutes}
