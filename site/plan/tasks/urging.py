"""Urging (đôn đốc): the coordinator or the head of the ward asks the units that carry out some tasks to go
on; organisations under the Front are asked, in other words. Once a day for a task, or with a reason."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from people.units import UnitTree
from plan.access import reporters_of
from plan.models import Task, TaskUnit, TaskUrge

from . import events, log
from .access import doers, is_of_the_front, may_urge, officers_of
from .refusing import Refused
from .telling import in_their_words, notice
from .timing import OPEN_STATES

MOST_AT_ONCE = 100


def urge(codes, user, message, *, reason="", key="", now=None):
    """One notice a task to whoever reports for its units, all or none. Returns the urged tasks."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not may_urge(user):
        raise Refused("only_urging")
    if not codes:
        raise Refused("urge_nothing_chosen")
    if not message:
        raise Refused("urge_message_missing", "message")
    if refused := too_many(codes):
        raise refused
    with transaction.atomic():
        rows = Task.objects.filter(code__in=codes).order_by("pk")
        tasks = list(rows.select_for_update(of=("self",)))
        if tasks and log.arrived_before(tasks[0], key):
            return tasks
        closed = [task.code for task in tasks if task.state not in OPEN_STATES]
        if closed or not tasks:
            raise Refused("task_is_closed" if closed else "urge_nothing_chosen")
        already = TaskUrge.objects.filter(task__in=tasks, day=today).values_list("task__code", flat=True)
        if already and not reason:
            raise Refused("urged_today", "reason", codes=", ".join(sorted(set(already))))
        again = set(already)
        parts, tree = _parts(tasks), UnitTree.load()
        told = reporters_of({part.unit_id for found in parts.values() for part in found}, today)
        people = {task.pk: _people(parts[task.pk], told) for task in tasks}
        lonely = [task.code for task in tasks if not people[task.pk]]
        if lonely:
            raise Refused("urge_nobody", "", codes=", ".join(lonely))
        officers = officers_of(tasks, today)
        notices = []
        for task in tasks:
            why = reason if task.code in again else ""
            people = _audience(parts[task.pk], told, officers[task.pk], tree)
            notices += _urge(task, user, message, why, people, key, now)
        announce_many(notices)
    return tasks


def too_many(codes):
    """Why so many are not urged at once; None where it is few enough. None is left out unsaid."""
    chosen = len(set(codes))
    if chosen <= MOST_AT_ONCE:
        return None
    return Refused("urge_too_many", count=chosen, most=MOST_AT_ONCE, over=chosen - MOST_AT_ONCE)


def _parts(tasks):
    by_task = {task.pk: [] for task in tasks}
    for part in TaskUnit.objects.filter(task__in=tasks).select_related("unit"):
        by_task[part.task_id].append(part)
    return {task: doers(parts) for task, parts in by_task.items()}


def _people(parts, told):
    return list({person.pk: person for part in parts for person in told[part.unit_id]}.values())


def _audience(parts, told, officers, tree):
    """(who is urged, who is asked)."""
    asked = [part for part in parts if is_of_the_front(part.unit, tree)]
    ordered = [part for part in parts if part not in asked]
    return in_their_words(_people(ordered, told), _people(asked, told), officers)


def _urge(task, user, message, reason, people, key, now):
    """Keeps one urging and answers with its notices."""
    ordered, asked = people
    TaskUrge.objects.create(
        task=task,
        day=timezone.localdate(now),
        at=now,
        by=user,
        by_name=user.display_name,
        message=message,
        reason=reason,
        is_invited=not ordered,
        told=list(dict.fromkeys(person.display_name for person in [*ordered, *asked])),
    )
    log.write(task, "urged" if ordered else "asked", user, now, message, key=key, reason=reason)
    return [
        *notice(events.URGED, ordered, task, but=user),
        *notice(events.INVITED_URGED, asked, task, but=user),
    ]
