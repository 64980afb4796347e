"""The list of tasks: what was asked for, the rows of one page in their lanes, and the counters."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from plan.models import Part, Task, TaskState, TaskUnit
from vietnamese.text import fold

from . import timing
from .timing import CLOSED, LANES, LATER, MONTH, OPEN_STATES, OVERDUE, QUARTER, UNDATED

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


def narrowed(tasks, asked, today):
    """`tasks` as far as they were asked for."""
    own = TaskUnit.objects.filter(task=OuterRef("pk"), is_suggested=False)
    if asked.unit == NOBODY:
        tasks = tasks.exclude(Exists(own))
    elif asked.unit or asked.part:
        own = own.filter(unit__code=asked.unit) if asked.unit else own
        tasks = tasks.filter(Exists(own.filter(part=asked.part) if asked.part else own))
    if asked.group:
        tasks = tasks.filter(group__code=asked.group)
    if asked.state == LATE:
        tasks = tasks.filter(state__in=OPEN_STATES, due_on__lt=today)
    elif asked.state:
        tasks = tasks.filter(state=asked.state)
    if words := fold(asked.text).split():
        tasks = tasks.filter(pk__in=_speaking_of(tasks, words))
    return tasks


def _speaking_of(tasks, words):
    """Keys of those whose code or text hold all words, marks aside."""
    rows = tasks.order_by().values_list("pk", "code", "text")
    return [key for key, code, text in rows if all(word in fold(f"{code} {text}") for word in words)]


def with_lane(tasks, today):
    """Annotated with `lane` (timing.LANES), in the order of the lanes and of their days."""
    at = timing.bounds(today)
    is_open = Q(state__in=OPEN_STATES)
    cases = [
        (CLOSED, ~is_open),
        (UNDATED, Q(due_on=None)),
        (OVERDUE, Q(due_on__lt=at.today)),
        (MONTH, Q(due_on__lte=at.month_end)),
        (QUARTER, Q(due_on__lte=at.quarter_end)),
    ]
    lane = Case(
        *(When(condition, then=Value(code)) for code, condition in cases),
        default=Value(LATER),
        output_field=CharField(),
    )
    rank = Case(*(When(lane=code, then=Value(place)) for place, code in enumerate(LANES)), default=Value(9))
    return tasks.annotate(lane=lane).annotate(lane_rank=rank)


def in_order(tasks, view):
    if view == BY_TIME:
        return tasks.order_by("lane_rank", F("due_on").asc(nulls_last=True), "order", "pk")
    if view == BY_STATE:
        states = list(TaskState)
        rank = Case(*(When(state=code, then=Value(place)) for place, code in enumerate(states)))
        return tasks.annotate(state_rank=rank).order_by("state_rank", "order", "pk")
    return tasks.order_by("order", "pk")


def lane_counts(tasks):
    """{lane: how many}, {state: how many} of a queryset `with_lane`; one query."""
    lanes, states = Counter(), Counter()
    for lane, state, count in tasks.order_by().values_list("lane", "state").annotate(n=Count("pk")):
        lanes[lane] += count
        states[state] += count
    return lanes, states


@dataclass
class UnitCount:
    unit_code: str
    unit_name: str
    total: int = 0
    open: int = 0
    late: int = 0
    done: int = 0

    @property
    def done_share(self):
        return 100 * self.done // self.total if self.total else 0


def unit_counts(tasks, today=None, own_units=None) -> list[UnitCount]:
    """What each unit has a confirmed part in, in the office's order; one query. `own_units`: only these."""
    today = today or timezone.localdate()
    parts = TaskUnit.objects.filter(is_suggested=False, task__in=tasks.order_by().values("pk"))
    if own_units is not None:
        parts = parts.filter(unit__in=own_units)
    late = Q(task__state__in=OPEN_STATES, task__due_on__lt=today)
    rows = parts.values_list("unit__code", "unit__name").annotate(
        total=Count("pk"),
        open=Count("pk", filter=Q(task__state__in=OPEN_STATES)),
        late=Count("pk", filter=late),
        done=Count("pk", filter=Q(task__state=TaskState.DONE)),
    )
    return [UnitCount(*row) for row in rows.order_by("unit__order", "unit__code")]


def unassigned_of_part_v():
    """Tasks of part V that nobody leads yet."""
    leads = TaskUnit.objects.filter(task=OuterRef("pk"), part=Part.LEAD, is_suggested=False)
    return Task.objects.filter(~Exists(leads), section__startswith="V.", state__in=OPEN_STATES)
