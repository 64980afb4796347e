"""The officials in charge of a task, named by its unit or the coordinator, and what that says of a person's
year."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.events import announce_many
from people.extracts import ExtractPart, ExtractRow
from people.models import Staff, UnitAssignment, containing
from people.units import UnitTree
from plan.models import Task, TaskChange, TaskOfficer, TaskState
from vietnamese.dates import short_date

from . import events, log
from .access import Rights, tasks_visible_to
from .owing import address_of
from .refusing import Refused
from .telling import notice

# Lines of the history that change the state of a task, with what it is then; progress says its own.
_CHANGES_STATE = {"progress": None, "dropped": TaskState.DROPPED, "reopened": TaskState.TODO}

CODE, HEADING = "plan.tasks", gettext_lazy("Tasks of the plan in one's charge")


def candidates(units, day=None):
    """Who works in these units or under them on the day."""
    day = day or timezone.localdate()
    tree = UnitTree.load()
    keys = set().union(*(tree.subtree(unit.pk) for unit in units)) if units else set()
    there = UnitAssignment.objects.filter(containing(day), unit__in=keys).values("staff")
    return Staff.objects.filter(pk__in=there).order_by("order_key", "staff_code")


def name_officer(task, user, staff, start_on, *, now=None):
    now = now or timezone.now()
    with transaction.atomic():
        row = log.locked(task)
        rights = Rights(row, user, timezone.localdate(now))
        if refused := rights.work_refusal():
            raise refused
        if not candidates(rights.doing_units, rights.day).filter(pk=staff.pk).exists():
            raise Refused("officer_elsewhere", "staff", name=staff.full_name)
        if row.officers.filter(staff=staff, end_before=None).exists():
            raise Refused("officer_already", "staff", name=staff.full_name)
        officer = TaskOfficer.objects.create(task=row, staff=staff, start_on=start_on)
        log.write(row, "officer_named", user, now, staff.full_name, start=start_on.isoformat())
        if staff.user_id:
            announce_many(notice(events.IN_CHARGE, [staff.user], row, but=user))
    return officer


def end_officer(officer, user, last_day, *, now=None):
    """`last_day` is the last one in charge."""
    now = now or timezone.now()
    with transaction.atomic():
        row = log.locked(officer.task)
        if refused := Rights(row, user).plan_refusal():
            raise refused
        standing = row.officers.select_related("staff").get(pk=officer.pk)
        if standing.end_before is not None:
            raise Refused("officer_ended")
        if last_day < standing.start_on:
            raise Refused("officer_before", "last_day", start=short_date(standing.start_on))
        standing.end_before = last_day + timedelta(days=1)
        standing.save(update_fields=["end_before"])
        log.write(row, "officer_ended", user, now, standing.staff.full_name, last=last_day.isoformat())
    return standing


def tasks_led(people, year, viewer):
    """`people.extracts`: the tasks each person was in charge of during the year, as `viewer` reads them. As
    many queries for a unit as for one person."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    spells = TaskOfficer.objects.filter(
        Q(end_before=None) | Q(end_before__gt=first),
        staff__in=[person.pk for person in people],
        start_on__lt=after,
    )
    led = {}
    for staff, task in spells.values_list("staff", "task"):
        led.setdefault(staff, set()).add(task)
    if not led:
        return {}
    keys = set().union(*led.values())
    readable = set(tasks_visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    tasks = list(Task.objects.filter(pk__in=keys))
    states = _states_at_the_end_of(year, keys)
    found = {}
    for person in people:
        mine = led.get(person.pk, set())
        is_own = person.user_id is not None and person.user_id == viewer.pk
        shown = mine if is_own else mine & readable
        rows = [
            _led(task, states.get(task.pk, task.state), task.pk in readable)
            for task in tasks
            if task.pk in shown
        ]
        if rows:
            found[person.pk] = ExtractPart(CODE, str(HEADING), _("tasks in charge of"), rows)
    return found


def _states_at_the_end_of(year, keys):
    """{task: its state} of a year that is over, from the history: a yearly task opens again for the next one,
    and what was done stays done in the year it was done in."""
    if year >= timezone.localdate().year:
        return {}
    after = timezone.make_aware(datetime(year + 1, 1, 1))
    changes = TaskChange.objects.filter(task__in=keys, change__in=_CHANGES_STATE).order_by("at", "pk")
    states = {}
    for task, at, change, said in changes.values_list("task", "at", "change", "data__state"):
        states.setdefault(task, TaskState.TODO)
        if at < after:
            states[task] = said if change == "progress" else _CHANGES_STATE[change]
    return states


def _led(task, state, is_readable):
    return ExtractRow(
        task.text,
        note=task.code,
        link=address_of(task) if is_readable else "",
        state=(str(state), capfirst(str(TaskState(state).label))),
    )
