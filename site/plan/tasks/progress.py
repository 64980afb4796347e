"""How far a task is: notes by the unit that carries it out, its steps, and the answer to an urging.

A coordinator who writes in place of a unit gives the reason, which stands in the note and in the history."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from notifications.events import announce_many
from people.roles import Role, holders_of
from people.units import UnitTree
from plan.models import ProgressNote, Task, TaskChange, TaskState, TaskStep, TaskUnit, TaskUrge

from . import events, log, owing
from .access import Rights
from .refusing import Refused
from .telling import notice

MOST_STEPS = 50


@dataclass(frozen=True)
class Reported:
    state: str
    percent: int
    done: str = ""
    next: str = ""
    reason: str = ""  # why in place of the unit


def settled(state, percent):
    """The percent that goes with the state. Pure; raises `Refused` where they contradict each other."""
    if state == TaskState.DONE:
        return 100
    if state == TaskState.TODO and percent:
        raise Refused("percent_not_begun", "percent")
    if state == TaskState.DOING and percent >= 100:
        raise Refused("percent_complete", "percent")
    return percent


def report(task, user, reported: Reported, *, seen, answers=None, key="", now=None):
    """A note on the progress. `answers`: key of the urging it replies to. Sent twice, it is taken once."""
    now = now or timezone.now()
    percent = settled(reported.state, reported.percent)
    if not (reported.done or reported.next):
        raise Refused("progress_missing", "done")
    with transaction.atomic():
        row = log.locked(task)
        if log.arrived_before(row, key):
            return row
        rights = _may_work(row, user, reported.reason)
        if seen != row.edit_version:
            raise Refused("task_changed")
        urge = _urge(row, answers)
        row.state, row.percent = reported.state, percent
        row.edit_version += 1
        row.save(update_fields=["state", "percent", "edit_version"])
        note = ProgressNote.objects.create(
            task=row,
            at=now,
            by=user,
            by_name=user.display_name,
            unit_name=_unit_name(rights),
            state=row.state,
            percent=percent,
            done=reported.done,
            next=reported.next,
            in_place_reason=reported.reason if rights.acts_in_place else "",
            answers=urge,
        )
        log.write(row, "progress", user, now, note.in_place_reason, key=key, state=row.state, percent=percent)
        owing.follow(row, now)
        told = notice(events.URGE_ANSWERED, [urge.by], row, but=user) if urge else []
        if row.state == TaskState.DONE:
            told += notice(events.DONE, holders_of(Role.PLAN_COORDINATOR), row, but=user)
        announce_many(told)
    return row


# ---- from a unit's report


@dataclass(frozen=True)
class Brought:
    """How far a task is by a unit's report."""

    task: Task
    reported: Reported


def lock_many(units):
    """The tasks these units have a part in, locked in key order: a report does so before it reads them."""
    keys = TaskUnit.objects.filter(unit__in=units).values("task")
    return list(Task.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def report_many(brought, user, units, *, source, now, **data):
    """Notes of a unit's report, in the transaction of its sending, after `lock_many`; a constant number of
    queries. `units` are all it speaks for; `source` names the report in the history. What says the same as
    the last note is not written again. What is to be announced is handed back. Raises `Refused`, whose
    parameter `code` names the task."""
    keys = [one.task.pk for one in brought]
    parts = {key: [] for key in keys}
    for part in TaskUnit.objects.filter(task__in=keys).select_related("unit"):
        parts[part.task_id].append(part)
    last, day, tasks, notes, lines = _last_notes(keys), timezone.localdate(now), [], [], []
    for one in brought:
        task = one.task
        try:
            note = _note(one, last.get(task.pk), user, Rights(task, user, day, units, parts[task.pk]), now)
        except Refused as refused:
            refused.params["code"] = task.code
            raise
        if note is None:
            continue
        task.state, task.percent = note.state, note.percent
        task.edit_version += 1
        tasks.append(task)
        notes.append(note)
        said = {"state": task.state, "percent": task.percent}
        lines.append(log.line(task, "progress", user, now, source, **said, **data))
    Task.objects.bulk_update(tasks, ["state", "percent", "edit_version"])
    ProgressNote.objects.bulk_create(notes)
    TaskChange.objects.bulk_create(lines)
    owing.follow_all(tasks, now, {task.pk: parts[task.pk] for task in tasks}, UnitTree.load())
    done = [task for task in tasks if task.state == TaskState.DONE]
    people = list(holders_of(Role.PLAN_COORDINATOR)) if done else []
    return [told for task in done for told in notice(events.DONE, people, task, but=user)]


def _note(one, last, user, rights, now):
    """The note that a report brings, not written yet; None where it says nothing new."""
    task, said = one.task, one.reported
    percent = settled(said.state, said.percent)
    words = (last.done, last.next) if last else ("", "")
    if (said.state, percent, said.done, said.next) == (task.state, task.percent, *words):
        return None
    if not (said.done or said.next):
        raise Refused("progress_missing", "done")
    if rights.own_doing_unit is None:
        raise Refused("only_lead_unit")
    if not rights.is_open:
        raise Refused("task_is_closed")
    return ProgressNote(
        task=task,
        at=now,
        by=user,
        by_name=user.display_name,
        unit_name=rights.own_doing_unit.name,
        state=said.state,
        percent=percent,
        done=said.done,
        next=said.next,
    )


def _last_notes(keys):
    newest = ProgressNote.objects.filter(task__in=keys).order_by().values("task").annotate(last=Max("pk"))
    return {note.task_id: note for note in ProgressNote.objects.filter(pk__in=newest.values("last"))}


def _urge(task, key):
    if not key:
        return None
    urge = TaskUrge.objects.filter(task=task, pk=key).select_related("by").first()
    if urge is None:
        raise Refused("urge_unknown")
    return urge


def _may_work(task, user, reason):
    rights = Rights(task, user)
    if refused := rights.work_refusal():
        raise refused
    if rights.acts_in_place and not rights.doing_units:
        return rights  # nobody to write in place of
    if rights.acts_in_place and not reason:
        raise Refused("in_place_reason_missing", "reason")
    return rights


def _unit_name(rights):
    unit = rights.own_doing_unit or next(iter(rights.doing_units), None)
    return unit.name if unit else ""


# ---- steps


def add_step(task, user, text, *, due_on=None, key="", now=None):
    now = now or timezone.now()
    with transaction.atomic():
        row = log.locked(task)
        if log.arrived_before(row, key):
            return None
        if refused := Rights(row, user).work_refusal():
            raise refused
        steps = row.steps.filter(removed_at=None)
        if steps.count() >= MOST_STEPS:
            raise Refused("too_many_steps", "text", most=MOST_STEPS)
        order = (steps.aggregate(last=Max("order"))["last"] or 0) + 1
        step = TaskStep.objects.create(task=row, order=order, text=text, due_on=due_on)
        log.write(row, "step_added", user, now, text, key=key, step=step.pk)
    return step


def edit_step(step, user, text, *, due_on, place, seen, now=None):
    """Its words, its day, its place among the steps (1 is the first)."""
    now = now or timezone.now()
    with transaction.atomic():
        task, row = _locked_step(step, user, seen)
        row.text, row.due_on, row.edit_version = text, due_on, row.edit_version + 1
        row.save(update_fields=["text", "due_on", "edit_version"])
        others = [one for one in task.steps.filter(removed_at=None) if one.pk != row.pk]
        others.insert(max(0, min(place - 1, len(others))), row)
        for order, one in enumerate(others, start=1):
            if one.order != order:
                one.order = order
                one.save(update_fields=["order"])
        log.write(task, "step_edited", user, now, text, step=row.pk)
    return row


def finish_step(step, user, done_on: date, *, seen, reason="", now=None):
    now = now or timezone.now()
    if done_on > timezone.localdate(now):
        raise Refused("done_in_future", "done_on")
    with transaction.atomic():
        task, row = _locked_step(step, user, seen)
        rights = _may_work(task, user, reason)
        if row.done_on:
            raise Refused("step_is_done")
        row.done_on, row.done_by_name, row.done_for = done_on, user.display_name, _unit_name(rights)
        _save_step(row)
        log.write(
            task,
            "step_done",
            user,
            now,
            row.text,
            step=row.pk,
            done_on=done_on.isoformat(),
            reason=reason if rights.acts_in_place else "",
        )
    return row


def open_step(step, user, reason, *, seen, now=None):
    """It was not done after all."""
    now = now or timezone.now()
    if not reason:
        raise Refused("reason_missing", "reason")
    with transaction.atomic():
        task, row = _locked_step(step, user, seen)
        if not row.done_on:
            raise Refused("step_not_done")
        row.done_on, row.done_by_name, row.done_for = None, "", ""
        _save_step(row)
        log.write(task, "step_opened", user, now, row.text, step=row.pk, reason=reason)
    return row


def remove_step(step, user, *, seen, now=None):
    now = now or timezone.now()
    with transaction.atomic():
        task, row = _locked_step(step, user, seen)
        row.removed_at = now
        row.edit_version += 1
        row.save(update_fields=["removed_at", "edit_version"])
        log.write(task, "step_removed", user, now, row.text, step=row.pk)
    return row


def _save_step(row):
    row.edit_version += 1
    row.save(update_fields=["done_on", "done_by_name", "done_for", "edit_version"])


def _locked_step(step, user, seen):
    task = log.locked(step.task)
    if refused := Rights(task, user).work_refusal():
        raise refused
    row = task.steps.filter(removed_at=None, pk=step.pk).first()
    if row is None or row.edit_version != seen:
        raise Refused("step_changed")
    return task, row
