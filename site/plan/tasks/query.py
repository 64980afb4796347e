"""Tasks as lines: what reports, the public page and the board show of each. A constant number of queries."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from plan.models import Part, ProgressNote, Task, TaskUnit

from .timing import is_late


@dataclass
class TaskLine:
    """`lead_units` and `co_units` are confirmed parts; `suggested` those that wait for the coordinator."""

    task: Task
    lead_units: list = field(default_factory=list)
    co_units: list = field(default_factory=list)
    suggested: list = field(default_factory=list)
    is_late: bool = False
    steps_done: int = 0
    steps_total: int = 0
    last_note: ProgressNote | None = None

    @property
    def state(self):
        return self.task.state

    @property
    def percent(self):
        return self.task.percent

    @property
    def due_on(self):
        return self.task.due_on

    @property
    def is_invited(self):
        return self.task.is_invited

    @property
    def doers(self):
        """Who carries it out: who leads, or who is told to co-operate where nobody leads."""
        return self.lead_units or self.co_units


def lines(units=None, *, tasks=None, day=None, with_notes=True) -> list[TaskLine]:
    """In the plan's order: all tasks, those in which one of `units` (or their keys) has a confirmed part, or
    those of the queryset or list `tasks`."""
    day = day or timezone.localdate()
    rows = Task.objects.all() if tasks is None else tasks
    if units is not None:
        keys = [getattr(unit, "pk", unit) for unit in units]
        own = TaskUnit.objects.filter(task=OuterRef("pk"), unit__in=keys, is_suggested=False)
        rows = rows.filter(Exists(own))
    if hasattr(rows, "select_related"):
        rows = rows.select_related("group")
    by_key = {task.pk: TaskLine(task, is_late=is_late(task.state, task.due_on, day)) for task in rows}
    _add_parts(by_key)
    _add_steps_and_notes(by_key, with_notes)
    return list(by_key.values())


def _add_parts(by_key):
    for part in TaskUnit.objects.filter(task__in=by_key).select_related("unit").order_by("order", "pk"):
        line = by_key[part.task_id]
        if part.is_suggested:
            line.suggested.append(part.unit)
        else:
            (line.lead_units if part.part == Part.LEAD else line.co_units).append(part.unit)


def _add_steps_and_notes(by_key, with_notes):
    standing = Q(steps__removed_at=None)
    latest = ProgressNote.objects.filter(task=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    counted = Task.objects.filter(pk__in=by_key).order_by()
    counted = counted.annotate(
        total=Count("steps", filter=standing),
        done=Count("steps", filter=standing & Q(steps__done_on__isnull=False)),
        note=Subquery(latest),
    ).values_list("pk", "total", "done", "note")
    found = {}
    for key, total, done, note in counted:
        by_key[key].steps_total, by_key[key].steps_done = total, done
        if note:
            found[note] = key
    if with_notes and found:
        for note in ProgressNote.objects.filter(pk__in=found):
            by_key[note.task_id].last_note = note
