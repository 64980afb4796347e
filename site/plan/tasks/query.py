"""Tasks as lines: what reports, the public page and the board show of each. A constant number of queries."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.utils import timezone

from plan.models import Part, ProgressNote, Task, TaskStep, TaskUnit

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


def lines(units=None, *, tasks=None, day=None, with_notes=True, tree=None) -> list[TaskLine]:
    """In the plan's order: all tasks, those in which one of `units` (or their keys) has a confirmed part, or
    those of the queryset `tasks`. With a `tree` of units these are not asked for again."""
    day = day or timezone.localdate()
    rows = Task.objects.all() if tasks is None else tasks
    if units is not None:
        keys = [getattr(unit, "pk", unit) for unit in units]
        own = TaskUnit.objects.filter(task=OuterRef("pk"), unit__in=keys, is_suggested=False)
        rows = rows.filter(Exists(own))
    steps = TaskStep.objects.filter(task=OuterRef("pk"), removed_at=None)
    notes = ProgressNote.objects.filter(task=OuterRef("pk")).order_by("-pk").values("pk")
    counted = rows.select_related("group").annotate(
        steps_total=_count(steps),
        steps_done=_count(steps.filter(done_on__isnull=False)),
        last_note=Subquery(notes[:1]),
    )
    found = {
        task.pk: TaskLine(
            task,
            is_late=is_late(task.state, task.due_on, day),
            steps_done=task.steps_done or 0,
            steps_total=task.steps_total or 0,
        )
        for task in counted
    }
    _add_parts(found, rows, tree)
    if with_notes:
        _add_notes(found)
    return list(found.values())


def _count(rows):
    counted = rows.order_by().values("task").annotate(n=Count("pk")).values("n")
    return Subquery(counted, output_field=IntegerField())


def _add_parts(found, rows, tree):
    parts = TaskUnit.objects.filter(task__in=rows.order_by().values("pk")).order_by("order", "pk")
    if tree is None:
        parts = parts.select_related("unit")
    for part in parts if found else ():
        line = found.get(part.task_id)
        unit = tree.by_key.get(part.unit_id) if tree else part.unit
        if line is None or unit is None:
            continue  # written between the two queries
        if part.is_suggested:
            line.suggested.append(unit)
        else:
            (line.lead_units if part.part == Part.LEAD else line.co_units).append(unit)


def _add_notes(found):
    latest = [line.task.last_note for line in found.values() if line.task.last_note]
    for note in ProgressNote.objects.filter(pk__in=latest) if latest else ():
        found[note.task_id].last_note = note
