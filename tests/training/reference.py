"""The coverage rule once more, written as plainly as its definition: day by day, minute by minute.

It shares nothing with `training.coverage`; the property tests hold both against it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain


@dataclass
class Person:
    spells: list = field(default_factory=list)  # (category, first day, day after the last or None)
    primaries: list = field(default_factory=list)  # (unit, first day, day after the last or None)
    leaves: list = field(default_factory=list)  # (first day, day after the last, approved)
    marks: list = field(default_factory=list)  # (session, status, minutes)
    outside: list = field(default_factory=list)  # (day, minutes, verified)
    exemptions: list = field(default_factory=list)  # (first day, day after the last or None, approved)


@dataclass(frozen=True)
class Lesson:
    held_on: date
    begins: int  # minute of the day
    ends: int
    state: str
    counts_in: tuple  # years


def inside(day, first, after):
    return first <= day and (after is None or day < after)


def days_of(year):
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def credit(person, year, day):
    first = date(year, 1, 1)
    attended = [
        (lesson, minutes)
        for lesson, status, minutes in person.marks
        if status in ("present", "late")
        and lesson.state == "confirmed"
        and first <= lesson.held_on <= day
        and lesson.held_on.year in lesson.counts_in
    ]
    groups = []  # sessions linked by overlap, directly or through others
    for one in attended:
        touching = [group for group in groups if any(overlap(one[0], other[0]) for other in group)]
        rest = [group for group in groups if group not in touching]
        groups = [*rest, [one, *chain.from_iterable(touching)]]
    total = 0
    for group in groups:
        union = {minute for lesson, _minutes in group for minute in range(lesson.begins, lesson.ends)}
        total += min(sum(minutes for _lesson, minutes in group), len(union))
    total += sum(minutes for on, minutes, verified in person.outside if verified and first <= on <= day)
    return total


def overlap(one, other):
    return one.held_on == other.held_on and one.begins < other.ends and other.begins < one.ends


def state(person, year, day, *, categories, least_minutes, least_days):
    serves = [category for category, first, after in person.spells if inside(day, first, after)]
    if not any(category in categories for category in serves):
        return "out"
    if credit(person, year, day) >= least_minutes:
        return "trained"
    if any(approved and inside(day, first, after) for first, after, approved in person.exemptions):
        return "waived"
    serving = [d for d in days_of(year) if any(inside(d, first, after) for _c, first, after in person.spells)]
    away = [d for d in serving if any(ok and inside(d, first, after) for first, after, ok in person.leaves)]
    if len(serving) - len(away) < least_days:
        return "exempt_leave" if away else "not_due"
    return "missing"


def unit(person, day):
    found = [place for place, first, after in person.primaries if inside(day, first, after)]
    return found[0] if found else None
