"""The definition over plain values (training.md §1): no database, no clock.

`judge` says about one person what `query` says about everybody in SQL; the page "why?" shows what it saw.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from .policy import Policy

_MINUTES_AN_HOUR = 60
_ONE_DAY = timedelta(days=1)
COUNTED = frozenset({"present", "late"})


class State(StrEnum):
    """Stable codes, in the order the rule asks."""

    OUT = "out"
    TRAINED = "trained"
    WAIVED = "waived"
    EXEMPT_LEAVE = "exempt_leave"
    NOT_DUE = "not_due"
    MISSING = "missing"


@dataclass(frozen=True)
class Interval:
    """Half-open local dates; `end` None is open."""

    start: date
    end: date | None = None

    def contains(self, day):
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Service(Interval):
    category: str = ""


@dataclass(frozen=True)
class Place(Interval):
    """A primary assignment."""

    unit: int = 0


@dataclass(frozen=True)
class Attended:
    """A mark in a session whose course counts for the requirement and year."""

    session: str
    held_on: date
    begins: time
    ends: time
    status: str
    minutes: int
    confirmed: bool = True


@dataclass(frozen=True)
class Outside:
    completed_on: date
    minutes: int
    verified: bool = True


@dataclass(frozen=True)
class Facts:
    """What is known of one person: all of it, whatever day is asked about."""

    services: tuple[Service, ...] = ()
    places: tuple[Place, ...] = ()
    leaves: tuple[Interval, ...] = ()  # approved ones
    attended: tuple[Attended, ...] = ()
    outside: tuple[Outside, ...] = ()
    exemptions: tuple[Interval, ...] = ()  # approved ones


@dataclass(frozen=True)
class Judgement:
    """`available` and `away` are days of the whole year as known; `credit` is minutes by the day asked."""

    state: State
    unit: int | None
    credit: int
    available: int
    away: int
    waived: bool

    @property
    def in_scope(self):
        return self.state is not State.OUT


def judge(facts: Facts, policy: Policy, day: date, units: set[int] | None = None) -> Judgement:
    """The state of one person. `units`: the keys in scope (`Policy.units_in_scope`), None for all."""
    unit = unit_at(facts, day)
    credit = credit_at(facts, policy, day)
    service = days_within(facts.services, policy.window)
    away = len(service & days_within(facts.leaves, policy.window))
    available = len(service) - away
    waived = any(exemption.contains(day) for exemption in facts.exemptions)
    found = {"unit": unit, "credit": credit, "available": available, "away": away, "waived": waived}
    return Judgement(_state(facts, policy, day, units, **found), **found)


def _state(facts, policy, day, units, *, unit, credit, available, away, waived):
    if not _in_scope(facts, policy, day, unit, units):
        return State.OUT
    if credit >= policy.min_minutes:
        return State.TRAINED
    if waived:
        return State.WAIVED
    if available < policy.min_available_days:
        return State.EXEMPT_LEAVE if away else State.NOT_DUE
    return State.MISSING


def _in_scope(facts, policy, day, unit, units):
    serves = any(s.contains(day) and s.category in policy.categories for s in facts.services)
    placed = units is None or unit in units or (unit is None and not policy.units_in)
    return serves and placed


def unit_at(facts: Facts, day: date) -> int | None:
    """The unit of the primary assignment that contains `day`. Where the roster has two by mistake, the
    later one."""
    places = [place for place in facts.places if place.contains(day)]
    return max(places, key=lambda place: (place.start, place.unit)).unit if places else None


def credit_at(facts: Facts, policy: Policy, day: date) -> int:
    """Minutes credited from the policy's first day to `day`."""
    sessions = [
        mark
        for mark in facts.attended
        if mark.confirmed and mark.status in COUNTED and policy.credit_from <= mark.held_on <= day
    ]
    outside = [
        credit.minutes
        for credit in facts.outside
        if credit.verified and policy.credit_from <= credit.completed_on <= day
    ]
    return minutes_of_sessions(sessions) + sum(outside)


def minutes_of_sessions(marks) -> int:
    """Sessions linked by overlap credit together at most the length of their union."""
    by_day = defaultdict(list)
    for mark in marks:
        by_day[mark.held_on].append(mark)
    return sum(_minutes_of_a_day(of_day) for of_day in by_day.values())


def _minutes_of_a_day(marks):
    total, linked, reached = 0, [], None
    for mark in sorted(marks, key=lambda mark: (mark.begins, mark.ends)):
        if reached is not None and mark.begins >= reached:
            total += _linked_minutes(linked)
            linked, reached = [], None
        linked.append(mark)
        reached = mark.ends if reached is None else max(reached, mark.ends)
    return total + _linked_minutes(linked)


def _linked_minutes(marks):
    length = max(_minute(mark.ends) for mark in marks) - min(_minute(mark.begins) for mark in marks)
    return min(sum(mark.minutes for mark in marks), length)


def _minute(moment: time) -> int:
    return moment.hour * _MINUTES_AN_HOUR + moment.minute


def days_within(intervals, window) -> set[date]:
    """The days of `window` inside any of `intervals`, each once."""
    first, after = window
    days = set()
    for interval in intervals:
        day, end = max(interval.start, first), min(interval.end or after, after)
        while day < end:
            days.add(day)
            day += _ONE_DAY
    return days


# ---- figures


@dataclass(frozen=True)
class Figures:
    """People by state. Integers come first; percentages are floored to one decimal."""

    trained: int = 0
    exempt: int = 0  # X: waived and on leave
    not_due: int = 0
    missing: int = 0

    @property
    def population(self):
        return self.trained + self.exempt + self.not_due + self.missing

    @property
    def strict(self) -> str | None:
        """T / P, "87.2"; None without anybody."""
        return floored_percent(self.trained, self.population)

    @property
    def official(self) -> str | None:
        """T / (T + M); None without anybody who had to be trained by now."""
        return floored_percent(self.trained, self.trained + self.missing)

    @property
    def complete(self):
        """ "100 %" is shown exactly then."""
        return self.missing == 0 and self.trained > 0

    def __add__(self, other):
        return Figures(
            self.trained + other.trained,
            self.exempt + other.exempt,
            self.not_due + other.not_due,
            self.missing + other.missing,
        )


_COLUMN = {
    State.TRAINED: "trained",
    State.WAIVED: "exempt",
    State.EXEMPT_LEAVE: "exempt",
    State.NOT_DUE: "not_due",
    State.MISSING: "missing",
}


@dataclass
class Counter:
    """Adds up people by state; OUT is not counted."""

    counts: dict = field(default_factory=lambda: defaultdict(int))

    def add(self, state, number=1):
        if state != State.OUT:
            self.counts[_COLUMN[State(state)]] += number

    @property
    def figures(self):
        return Figures(**self.counts)


def floored_percent(part: int, whole: int) -> str | None:
    """ "93.1", floored, never rounded up to 100.0; None where there is nobody."""
    if whole == 0:
        return None
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}"
