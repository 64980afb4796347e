"""What the coordinator decides about a task: adding one of the ward's own, its dates, who carries it out,
that it falls away or opens again. Each step locks the task, asks, writes row, line, what is owed, who is
told."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from people.units import UnitTree
from plan.access import reporters_of
from plan.models import Part, Task, TaskChange, TaskGroup, TaskState, TaskUnit
from vietnamese.dates import short_date

from . import events, log, owing
from .access import Rights, is_of_the_front
from .refusing import Refused
from .telling import notice, to_doers


@dataclass(frozen=True)
class Planned:
    """What is typed about a task; the words and group of the plan's own tasks are not."""

    due_on: date | None = None
    starts_on: date | None = None
    is_yearly: bool = False
    text: str = ""
    group: TaskGroup | None = None

    def check(self):
        if self.due_on and self.starts_on and self.due_on < self.starts_on:
            start, due = short_date(self.starts_on), short_date(self.due_on)
            raise Refused("due_before_start", "due_on", start=start, due=due)


@dataclass(frozen=True)
class Parts:
    lead: list = field(default_factory=list)
    co: list = field(default_factory=list)

    def check(self):
        twice = {unit.pk for unit in self.lead} & {unit.pk for unit in self.co}
        if twice:
            name = next(unit.name for unit in self.lead if unit.pk in twice)
            raise Refused("lead_and_co", "co", unit=name)
        if not self.lead:
            raise Refused("lead_missing", "lead")


def add(user, planned: Planned, *, key="", now=None):
    """A task of the ward's own: NV-2026-01, numbered by the year it is added in."""
    now = now or timezone.now()
    planned.check()
    with transaction.atomic():
        if refused := Rights(Task(), user).coordinate_refusal():
            raise refused
        TaskGroup.objects.select_for_update().order_by("pk").first()  # one number at a time
        if key:
            before = TaskChange.objects.filter(change="added", data__key=key).select_related("task").first()
            if before:
                return before.task
        task = Task.objects.create(
            code=_next_code(timezone.localdate(now).year), **_values(planned, own=True)
        )
        log.write(task, "added", user, now, key=key, due=_iso(task.due_on))
    return task


def _next_code(year):
    start = f"NV-{year}-"
    codes = Task.objects.filter(code__startswith=start).values_list("code", flat=True)
    last = max(
        (int(code.removeprefix(start)) for code in codes if code.removeprefix(start).isdigit()), default=0
    )
    return f"{start}{last + 1:02d}"


def _values(planned, own):
    values = {name: getattr(planned, name) for name in ("due_on", "starts_on", "is_yearly")}
    return values | ({"text": planned.text, "group": planned.group, "order": 1000} if own else {})


def edit(task, user, planned: Planned, *, seen, now=None):
    """Dates of any task, words and group of the ward's own. A moved date is told and recalled anew,
    one taken away is told."""
    now = now or timezone.now()
    planned.check()
    with transaction.atomic():
        row = _taken(task, user, "change_refusal", seen)
        before = {name: getattr(row, name) for name in _values(planned, own=not row.section)}
        after = _values(planned, own=not row.section)
        after.pop("order", None)
        changed = {name: value for name, value in after.items() if before[name] != value}
        if not changed:
            return row
        for name, value in changed.items():
            setattr(row, name, value)
        _save(row, *changed)
        log.write(
            row,
            "edited",
            user,
            now,
            fields=sorted(changed),
            **(
                {"due": _iso(row.due_on), "due_before": _iso(before["due_on"])} if "due_on" in changed else {}
            ),
        )
        owing.follow(row, now)
        if changed.get("due_on"):
            due = short_date(row.due_on)
            announce_many(to_doers(row, now, events.DUE_SET, events.INVITED_DUE_SET, but=user, due=due))
        elif "due_on" in changed:
            announce_many(to_doers(row, now, events.DUE_TAKEN, events.INVITED_DUE_TAKEN, but=user))
    return row


def assign(task, user, parts: Parts, *, seen, note="", now=None):
    """Who leads and who co-operates, confirmed by the coordinator: suggestions among them stand now."""
    now = now or timezone.now()
    parts.check()
    with transaction.atomic():
        row = _taken(task, user, "change_refusal", seen)
        before = {part.unit_id: part for part in row.parts.select_related("unit")}
        wanted = [(unit, Part.LEAD) for unit in parts.lead] + [(unit, Part.COORDINATE) for unit in parts.co]
        new = _write_parts(row, before, wanted, user, now)
        kept = {unit.pk for unit, _part in wanted}
        gone = [part.unit for part in before.values() if part.unit_id not in kept and not part.is_suggested]
        row.parts.exclude(unit__in=kept).delete()
        tree = UnitTree.load()
        row.is_invited = all(is_of_the_front(unit, tree) for unit in parts.lead)
        _save(row, "is_invited")
        log.write(
            row,
            "assigned",
            user,
            now,
            note,
            lead=[unit.name for unit in parts.lead],
            co=[unit.name for unit in parts.co],
        )
        owing.follow(row, now, tree=tree)
        _tell_assigned(row, user, now, new, gone, tree)
    return row


def _write_parts(task, before, wanted, user, now):
    """The rows as wanted; answers with what is new or other than it was: [(unit, part)]."""
    new = []
    for order, (unit, part) in enumerate(wanted):
        row = before.get(unit.pk) or TaskUnit(task=task, unit=unit, is_suggested=True)
        if row.is_suggested or row.part != part:
            new.append((unit, part))
            row.part, row.is_suggested = part, False
            row.confirmed_at, row.confirmed_by, row.confirmed_by_name = now, user, user.display_name
        row.order = order
        row.save()
    return new


def _tell_assigned(task, user, now, new, gone, tree):
    """Each person once for what is new; then units that have no part any more, but for whoever reports for
    another that has."""
    units = [unit for unit, _part in new] + gone
    if not units:
        return
    standing = list(task.parts.values_list("unit", flat=True))
    told = reporters_of([*units, *standing], timezone.localdate(now))
    audiences, heard = {}, set()
    for unit, part in new:
        if is_of_the_front(unit, tree):
            event = events.INVITED
        else:
            event = events.ASSIGNED if part == Part.LEAD else events.CO_OPERATES
        audiences.setdefault(event, []).extend(p for p in told[unit.pk] if p.pk not in heard)
        heard |= {person.pk for person in told[unit.pk]}
    notices = [one for event, people in audiences.items() for one in notice(event, people, task, but=user)]
    staying = heard | {person.pk for key in standing for person in told[key]}
    for unit in gone:
        event = events.INVITED_TAKEN_OFF if is_of_the_front(unit, tree) else events.TAKEN_OFF
        people = [person for person in told[unit.pk] if person.pk not in staying]
        # Without a part the task itself is closed to them.
        notices += notice(event, people, task, but=user, link=owing.LIST, unit=unit.name)
    announce_many(notices)


def drop(task, user, reason, *, seen, now=None):
    """No longer needed, with the reason; what was owed falls away."""
    now = now or timezone.now()
    if not reason:
        raise Refused("reason_missing", "reason")
    with transaction.atomic():
        row = _taken(task, user, "change_refusal", seen)
        row.state = TaskState.DROPPED
        _save(row, "state")
        log.write(row, "dropped", user, now, reason)
        owing.follow(row, now)
        announce_many(to_doers(row, now, events.DROPPED, events.DROPPED, but=user))
    return row


def reopen(task, user, reason, *, due_on, seen, now=None):
    """A task that was done or dropped is owed again: a yearly one for its next year, or a mistake."""
    now = now or timezone.now()
    if not reason:
        raise Refused("reason_missing", "reason")
    with transaction.atomic():
        row = _taken(task, user, "reopen_refusal", seen)
        Planned(due_on=due_on, starts_on=row.starts_on).check()
        row.state, row.percent, row.due_on = TaskState.TODO, 0, due_on
        _save(row, "state", "percent", "due_on")
        log.write(row, "reopened", user, now, reason, due=_iso(due_on))
        owing.follow(row, now)
        announce_many(to_doers(row, now, events.REOPENED, events.REOPENED, but=user))
    return row


# ---- shared


def _taken(task, user, refusal, seen):
    row = log.locked(task)
    if refused := getattr(Rights(row, user), refusal)():
        raise refused
    if seen != row.edit_version:
        raise Refused("task_changed")
    return row


def _save(row, *names):
    row.edit_version += 1
    row.save(update_fields=[*names, "edit_version"])


def _iso(day):
    return day.isoformat() if day else ""
