"""A task with a due date is owed by each unit that carries it out, by that very day: a fixed date never moves
later, so reminders name the working day before a day off."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.reminders import reminding, telling
from obligations.days_off import announced_days
from obligations.kinds import Kind, Superior, register_kind
from obligations.ledger import Debt, cancel, fulfil, owe_many, unit
from obligations.models import Obligation
from obligations.terms import working_day_by
from people.models import Unit
from people.roles import Role, holders_of
from people.units import UnitTree
from plan.access import reporters_of, units_reported_by
from plan.models import Task, TaskState, TaskUnit

from . import events
from .access import doers, is_of_the_front, officers_of
from .timing import OPEN_STATES

TASK = "plan.task"
LIST = "/ke-hoach/dieu-hanh/nhiem-vu/"
AHEAD = timedelta(days=45)  # from then on it stands on the work page


def subject_of(task):
    return f"task:{getattr(task, 'pk', task)}"


def address_of(task):
    return f"{LIST}{task.code}/"


def day_off_notice(due_on, announced=None):
    """The working day before a due date that is a day off; None where it is a working day."""
    if due_on is None:
        return None
    last = working_day_by(due_on, *(announced_days() if announced is None else announced))
    return None if last == due_on else last


def follow(task, now, parts=None, tree=None):
    """What is owed, brought in line with the task as it stands; in the transaction of the cause."""
    follow_all([task], now, {task.pk: list(parts)} if parts is not None else None, tree)


def follow_all(tasks, now, parts=None, tree=None):
    """The same for several; a constant number of queries."""
    if parts is None:
        parts = {task.pk: [] for task in tasks}
        for part in TaskUnit.objects.filter(task__in=parts).select_related("unit"):
            parts[part.task_id].append(part)
    tree = tree or UnitTree.load()
    debts, keys = [], set()
    done = [subject_of(task) for task in tasks if task.state == TaskState.DONE]
    for task in tasks:
        if task.state in OPEN_STATES and task.due_on:
            for part in doers(parts[task.pk]):
                debts.append(_debt(task, part.unit, tree))
                keys.add((subject_of(task), part.unit.code))
    if done:
        fulfil(TASK, done, now=now)
    open_subjects = [subject_of(task) for task in tasks if task.state != TaskState.DONE]
    standing = Obligation.objects.open().filter(kind=TASK, subject__in=open_subjects)
    for subject, owner in standing.values_list("subject", "owner"):
        if (subject, owner) not in keys:
            cancel(TASK, subject, owner=unit(owner), now=now)
    owe_many(debts, now=now)


def _debt(task, doer, tree):
    return Debt(
        TASK,
        subject_of(task),
        unit(doer),
        task.due_on,
        code=task.code,
        link=address_of(task),
        data={"invited": is_of_the_front(doer, tree)},
    )


# ---- asked by the clock


def still_owed(obligations, now):
    keys = {int(row.subject.split(":")[1]) for row in obligations}
    owed = set(Task.objects.filter(pk__in=keys, state__in=OPEN_STATES).values_list("pk", flat=True))
    return [row for row in obligations if int(row.subject.split(":")[1]) in owed]


def _who(obligations, now):
    """Whoever reports for the unit; with the first of a task's units also the officials in charge, unless
    they hear it as reporters."""
    day = timezone.localdate(now)
    standing = {}
    subjects = {row.subject for row in obligations}
    open_rows = Obligation.objects.open().filter(kind=TASK, subject__in=subjects).order_by("pk")
    for subject, owner, pk in open_rows.values_list("subject", "owner", "pk"):
        standing.setdefault(subject, []).append((owner, pk))
    codes = {owner for rows in standing.values() for owner, _pk in rows} | {row.owner for row in obligations}
    keys = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
    found = reporters_of(keys.values(), day) if keys else {}
    people = {row.pk: list(found.get(keys.get(row.owner), [])) for row in obligations}
    in_charge = officers_of([int(subject.split(":")[1]) for subject in subjects], day)
    for subject, rows in standing.items():
        first = rows[0][1]
        if first in people:
            reporters = {person.pk for owner, _pk in rows for person in found.get(keys.get(owner), [])}
            officers = in_charge[int(subject.split(":")[1])]
            people[first] += [person for person in officers if person.pk not in reporters]
    return people


def _coordinators(obligations, now):
    found = list(holders_of(Role.PLAN_COORDINATOR))
    return {row.pk: found for row in obligations}


_ordered, _invited = reminding(*events.DUE, _who), reminding(*events.INVITED_DUE, _who)


def _tell(dues, now):
    """In the words each is owed: the organisations are asked."""
    asked = [due for due in dues if due.obligation.data.get("invited")]
    told = [due for due in dues if not due.obligation.data.get("invited")]
    nobody = {}
    for tell, group in ((_ordered, told), (_invited, asked)):
        if group:
            nobody |= tell(group, now) or {}
    return nobody


def register():
    register_kind(
        Kind(
            TASK,
            _("Task %(code)s of the plan"),
            _tell,
            still_owed=still_owed,
            section=_("Tasks of the plan"),
            order=41,
            action=pgettext_lazy("work", "Open"),
            owners_of=lambda desk: [unit(code) for code in units_reported_by(desk).values()],
            ahead=AHEAD,
            tell_moved=telling(events.MOVED, _who),
            superiors={"coordinator": Superior(_("plan coordinator"), telling(events.LATE, _coordinators))},
        )
    )
