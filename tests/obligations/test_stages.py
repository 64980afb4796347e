"""Which reminder goes on which local day: pure."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.stages import (
    AnnouncedDays,
    Stage,
    last_day,
    moment_of,
    next_day,
    overdue_on,
    reminder_days,
    reminding_day,
    stages_reached,
)
from obligations.terms import is_working_day, next_working_day, term_of_months

from .ledger_builders import at

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
SOME_OFF = st.frozensets(st.integers(-10, 10), max_size=6)


@pytest.mark.parametrize(
    ("due_on", "named", "overdue"),
    [
        (date(2026, 6, 9), date(2026, 6, 9), date(2026, 6, 10)),  # "before 10/6": a Tuesday
        (date(2026, 12, 9), date(2026, 12, 9), date(2026, 12, 10)),
        (date(2029, 6, 9), date(2029, 6, 8), date(2029, 6, 10)),  # a Saturday: the Friday is named
        (date(2026, 2, 18), date(2026, 2, 13), date(2026, 2, 19)),  # Tết Bính Ngọ, mùng 2
        (date(2027, 2, 7), date(2027, 2, 3), date(2027, 2, 8)),  # Tết Đinh Mùi, mùng 2
    ],
)
def test_a_fixed_date_on_a_day_off_names_the_working_day_before_and_is_late_only_after_it(
    due_on, named, overdue
):
    assert last_day(due_on) == named
    days = reminder_days(due_on)
    assert days == {
        Stage.SEVEN_DAYS: named - timedelta(7),
        Stage.THREE_DAYS: named - timedelta(3),
        Stage.ONE_DAY: named - timedelta(1),
        Stage.OVERDUE: overdue,
    }


def test_a_term_whose_last_day_is_announced_off_later_ends_with_the_next_working_day():
    end = term_of_months(date(2026, 11, 6), 1)
    announced = AnnouncedDays(frozenset({end}))
    assert end == date(2026, 12, 7)
    assert last_day(end, fixed=False, announced=announced) == date(2026, 12, 8)
    assert overdue_on(end, fixed=False, announced=announced) == date(2026, 12, 9)
    assert last_day(end, fixed=True, announced=announced) == date(2026, 12, 4)
    assert overdue_on(end, fixed=True, announced=announced) == date(2026, 12, 8)


def test_a_saturday_announced_as_worked_is_a_last_day():
    saturday = date(2029, 6, 9)
    assert last_day(saturday, announced=AnnouncedDays(frozenset(), frozenset({saturday}))) == saturday


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), date(2026, 12, 31)),  # 23:59:59 local
        (datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC), date(2026, 12, 31)),  # midnight: nobody is woken
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, 0, tzinfo=UTC), date(2027, 1, 1)),  # 06:00 of the new year
    ],
)
def test_the_day_is_the_local_one_from_six_in_the_morning(moment, day):
    assert reminding_day(moment) == day


@given(DAYS)
def test_a_day_begins_at_its_moment(day):
    begins = moment_of(day)
    assert reminding_day(begins) == day
    assert reminding_day(begins - timedelta(microseconds=1)) == day - timedelta(1)
    assert begins == at(day, "06:00")


@given(DAYS, SOME_OFF, SOME_OFF, st.booleans())
def test_reminders_run_in_order_to_a_working_day_and_overdue_comes_after_the_due_day(
    due_on, off, worked, fixed
):
    announced = AnnouncedDays(
        frozenset(due_on + timedelta(n) for n in off - worked),
        frozenset(due_on + timedelta(n) for n in worked),
    )
    last = last_day(due_on, fixed=fixed, announced=announced)
    days = reminder_days(due_on, fixed=fixed, announced=announced)
    assert is_working_day(last, *announced)
    assert last <= due_on if fixed else last == next_working_day(due_on, *announced)
    assert [stage.value for stage in days] == ["T-7", "T-3", "T-1", "overdue"]
    assert [(last - days[stage]).days for stage in list(days)[:3]] == [7, 3, 1]
    assert days[Stage.OVERDUE] > max(due_on, last)
    assert list(days.values()) == sorted(days.values())


@given(DAYS, st.integers(-20, 20))
def test_stages_are_reached_one_after_the_other_and_the_next_is_always_known(due_on, offset):
    days, today = reminder_days(due_on), due_on + timedelta(offset)
    reached = stages_reached(days, today)
    assert reached == list(days)[: len(reached)]
    assert len(reached) == sum(day <= today for day in days.values())
    upcoming = next_day(days, today)
    assert (upcoming is None) == (len(reached) == 4)
    assert upcoming is None or len(stages_reached(days, upcoming)) == len(reached) + 1
