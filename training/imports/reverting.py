"""Takes a written batch back: exactly what stood there before stands there again, or nothing is done.

A row that somebody changed since, or that others rest on by now, keeps the whole batch from being taken back:
half a revert would be a third state nobody has seen.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Staff

from ..attendance import forget_session, last_words, record
from ..catalogue import set_counting_of
from ..models import (
    AttendanceEvent,
    CreditHistory,
    ExemptionHistory,
    ImportBatch,
    Session,
    SessionHistory,
)
from ..workbook import one_at_a_time
from ..workbook.records import FIELDS, MODELS, put, raw
from ..workbook.sheets import BY_CODE
from ..workbook.writing import (
    Context,
    after,
    counting_of,
    event_prefix,
    note_steps,
    project_again,
    sessions_by_code,
)
from .batches import importer_of
from .following import Step, follow

State = ImportBatch.State
_BATCH = 500


@dataclass(frozen=True)
class Changed:
    """Why a row cannot be taken back."""

    sheet: str
    number: int
    reason: str


@dataclass
class Reverted:
    """`code`: reverted, over (it is no written batch any more), changed (nothing done, `rows` say why)."""

    code: str
    rows: list[Changed] = field(default_factory=list)


class _Changed(Exception):
    def __init__(self, rows):
        self.rows = rows


def revert(user, pk) -> Reverted:
    """Takes the batch back as a whole."""
    try:
        with transaction.atomic():
            one_at_a_time()
            batch = ImportBatch.objects.select_for_update().get(pk=pk)
            if batch.state != State.DONE:
                return Reverted("over")
            _take_back(batch, Context(importer_of(user), timezone.now(), event_prefix(pk)))
            batch.state, batch.reverted_at = State.REVERTED, timezone.now()
            batch.reverted_by_name = user.display_name
            batch.save()
    except _Changed as changed:
        return Reverted("changed", changed.rows)
    return Reverted("reverted")


def obstacles(pk) -> list[Changed]:
    """Rows changed since, for the page that offers to take the batch back. Looks, locks nothing."""
    batch = ImportBatch.objects.get(pk=pk)
    work = _Work(batch)
    return work.changed() if batch.state == State.DONE else []


class _Work:
    """The written rows of a batch with what stands there now."""

    def __init__(self, batch, lock=False):
        self.prefix, self.rows = event_prefix(batch.pk), {code: {} for code in BY_CODE}
        for row in batch.rows.filter(wrote__isnull=False):
            self.rows[row.sheet][_key(row)] = row
        self.staff = dict(Staff.objects.values_list("staff_code", "pk"))
        self.records = {sheet: self._found(sheet, lock) for sheet in MODELS}
        sessions = {session for session, _staff in self.rows["attendance"]}
        self.sessions = sessions_by_code(sessions, lock=lock)
        pairs = {self._pair(key) for key in self.rows["attendance"] if key[0] in self.sessions}
        self.last = last_words(pairs)
        self.counting = counting_of([code for (code,) in self.rows["courses"]])

    def _pair(self, key):
        return self.sessions[key[0]][0], self.staff.get(key[1])

    def _found(self, sheet, lock):
        rows = self.rows[sheet].values()
        if not rows:
            return {}
        model = MODELS[sheet]
        query = model.objects.select_for_update() if lock else model.objects
        keys = [row.wrote["pk"] for row in rows]
        found = {}
        for start in range(0, len(keys), _BATCH):
            for one in query.filter(pk__in=keys[start : start + _BATCH]).order_by("pk"):
                found[str(one.pk)] = one
        return found

    def record_of(self, row):
        return self.records[row.sheet].get(str(row.wrote["pk"]))

    def changed(self):
        return [
            Changed(BY_CODE[sheet].title, row.number, reason)
            for sheet, rows in self.rows.items()
            for key, row in rows.items()
            if (reason := self._reason(sheet, key, row))
        ]

    def _reason(self, sheet, key, row):
        if sheet == "attendance":
            last = self.last.get(self._pair(key)) if key[0] in self.sessions else None
            return "" if last and last.key == row.wrote["key"] else _("Marked again since.")
        found = self.record_of(row)
        if found is None:
            return _("Deleted since.")
        wrote = {name: row.wrote[name] for name in FIELDS[sheet]}
        counting = sheet == "courses" and self.counting.get(key[0], []) != row.wrote["counting"]
        return _("Changed since.") if raw(sheet, found) != wrote or counting else ""


def _key(row):
    """Of attendance (session, staff), of courses and sessions the code, of others the row itself."""
    return tuple(row.wrote["at"]) if row.sheet in ("attendance", "courses", "sessions") else (row.number,)


def _take_back(batch, context):
    work = _Work(batch, lock=True)
    if changed := work.changed():
        raise _Changed(changed)
    _restore_counting(work)
    for sheet in ("courses", "sessions", "outside", "exemptions"):
        _restore(work, sheet)
    resized = _note_sessions(work, context)
    made = set(_made(work, "sessions"))
    _say_again(work, made, context)
    project_again(resized)
    forget_session(made, work.prefix)
    steps = [
        Step(sheet, row.wrote["pk"], row.wrote, row.was)
        for sheet in MODELS
        for row in work.rows[sheet].values()
    ]
    attended = {row.wrote["session"] for row in work.rows["attendance"].values()}
    follow(steps, attended, context.importer, context.now, "revert")
    _delete(work, made)


def _restore(work, sheet):
    restored = []
    for row in work.rows[sheet].values():
        if row.was is not None:
            found = work.record_of(row)
            put(sheet, found, {name: row.was[name] for name in FIELDS[sheet]})
            restored.append(found)
    MODELS[sheet].objects.bulk_update(restored, FIELDS[sheet], _BATCH)


def _restore_counting(work):
    rows = work.rows["courses"].values()
    wanted = {row.wrote["pk"]: {tuple(pair) for pair in (row.was or {}).get("counting", [])} for row in rows}
    if wanted:
        set_counting_of(wanted)


def _note_sessions(work, context):
    """History of the steps taken back; the codes of sessions whose credit changed back."""
    restored = [(code, row) for (code,), row in work.rows["sessions"].items() if row.was is not None]
    steps = [
        (code, row.wrote["state"], row.was["state"])
        for code, row in restored
        if row.wrote["state"] != row.was["state"]
    ]
    note_steps(steps, "revert", context)
    return {code for code, row in restored if row.wrote["credit_minutes"] != row.was["credit_minutes"]}


def _say_again(work, made, context):
    """Attendance as it stood, by events of its own; of sessions that go there is nothing to say."""
    minutes = dict(Session.objects.filter(code__in=work.sessions).values_list("pk", "credit_minutes"))
    events = []
    for key, row in work.rows["attendance"].items():
        session, staff = work._pair(key)
        if session in made:
            continue
        was = row.was or {"status": "", "minutes": None}
        events.append(
            AttendanceEvent(
                key=f"revert:{row.wrote['key'].removeprefix('import:')}",
                session_id=session,
                staff_id=staff,
                status=was["status"],
                minutes=was["minutes"],
                source=AttendanceEvent.Source.REVERT,
                at=after(work.last[session, staff], context.now),
                by_id=context.importer.user_id,
                by_name=context.importer.name,
            )
        )
    record(minutes, events)


def _made(work, sheet):
    return [row.wrote["pk"] for row in work.rows[sheet].values() if row.was is None]


def _forget_lines(model, **which):
    """Lines that tell of nothing but the import: with their record there is nothing left to tell."""
    lines = QuerySet(model).filter(**which)
    lines._raw_delete(lines.db)


def _delete(work, made):
    """What the batch made goes, unless somebody's work rests on it by now."""
    _forget_lines(SessionHistory, session__in=made, details__import=work.prefix)
    credits, exemptions = (_made(work, sheet) for sheet in ("outside", "exemptions"))
    _forget_lines(CreditHistory, credit__in=credits, step__in=("import", "revert"))
    _forget_lines(ExemptionHistory, exemption__in=exemptions, step__in=("import", "revert"))
    resting = []
    for sheet in ("outside", "exemptions", "sessions", "courses"):
        for row in work.rows[sheet].values():
            if row.was is not None:
                continue
            try:
                with transaction.atomic():
                    work.record_of(row).delete()
            except ProtectedError:
                reason = _("Others rest on it by now: attendance, enrolments, papers or sessions.")
                resting.append(Changed(BY_CODE[sheet].title, row.number, reason))
    if resting:
        raise _Changed(resting)
