"""The list of tasks: what was asked for, the lines in their lanes and order, the counters. Pure over lines:
a ward has some hundreds of tasks, and one reading of them answers every question of the page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from plan.models import Part, Task, TaskState, TaskUnit
from vietnamese.text import fold

from .timing import LANES, OPEN_STATES, lane

BY_TIME, BY_STATE, TABLE, BY_UNIT = "thoi-han", "trang-thai", "bang", "don-vi"
VIEWS = (BY_TIME, BY_STATE, TABLE, BY_UNIT)
NOBODY = "chua-giao"  # instead of a unit's code: tasks nobody carries out yet
LATE = "qua-han"  # beside the states
PAGE = 100


@dataclass(frozen=True)
class Asked:
    """One list of tasks. `unit` is a code or NOBODY, `state` a state or LATE, `part` of that unit."""

    view: str = BY_TIME
    unit: str = ""
    group: str = ""
    state: str = ""
    part: str = ""
    text: str = ""

    @property
    def is_narrowed(self):
        return bool(self.unit or self.group or self.state or self.part or self.text)

    def query(self, **other):
        """The address of this list with `other` values instead."""
        names = {"view": "xem", "unit": "don_vi", "group": "nhom", "state": "tinh_trang", "part": "vai"}
        values = {**{name: getattr(self, name) for name in names}, "text": self.text, **other}
        pairs = [(names.get(name, "q"), value) for name, value in values.items() if value]
        return urlencode([pair for pair in pairs if pair != ("xem", BY_TIME)])


def narrowed(lines, asked):
    """The lines as far as they were asked for."""
    words = fold(asked.text).split()
    return [line for line in lines if _fits(line, asked, words)]


def _fits(line, asked, words):
    task = line.task
    if asked.unit == NOBODY and line.doers:
        return False
    if asked.unit != NOBODY and (asked.unit or asked.part):
        units = _units(line, asked.part)
        if not (any(unit.code == asked.unit for unit in units) if asked.unit else units):
            return False
    if asked.group and task.group.code != asked.group:
        return False
    if asked.state and not (line.is_late if asked.state == LATE else task.state == asked.state):
        return False
    if not words:
        return True
    text = fold(f"{task.code} {task.text}")
    return all(word in text for word in words)


def _units(line, part):
    if part == Part.LEAD:
        return line.lead_units
    return line.co_units if part == Part.COORDINATE else [*line.lead_units, *line.co_units]


def lane_of(line, at):
    return lane(line.task.state, line.task.due_on, at)


def in_order(lines, view, at):
    if view == BY_TIME:
        return sorted(lines, key=lambda line: (LANES.index(lane_of(line, at)), line.due_on or date.max))
    if view == BY_STATE:
        states = list(TaskState)
        return sorted(lines, key=lambda line: states.index(line.task.state))
    return list(lines)


def counts(lines, at):
    """{lane: how many}, {state: how many}."""
    return Counter(lane_of(line, at) for line in lines), Counter(line.task.state for line in lines)


@dataclass
class UnitCount:
    unit: object
    total: int = 0
    open: int = 0
    late: int = 0
    done: int = 0


def unit_counts(lines, units) -> list[UnitCount]:
    """What each of `units` has a confirmed part in, in their order; units without any are left out."""
    by_key = {unit.pk: UnitCount(unit) for unit in units}
    for line in lines:
        for unit in (*line.lead_units, *line.co_units):
            if one := by_key.get(unit.pk):
                one.total += 1
                one.open += line.task.state in OPEN_STATES
                one.late += line.is_late
                one.done += line.task.state == TaskState.DONE
    return [one for one in by_key.values() if one.total]


def unassigned_of_part_v():
    """Tasks of part V that nobody leads yet; a queryset."""
    leads = TaskUnit.objects.filter(task=OuterRef("pk"), part=Part.LEAD, is_suggested=False)
    return Task.objects.filter(~Exists(leads), section__startswith="V.", state__in=OPEN_STATES)
