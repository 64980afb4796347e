from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.terms import (
    add_months,
    is_working_day,
    next_working_day,
    one_year_after,
    term_of_months,
    term_of_working_days,
    working_day_before,
    working_day_by,
)

DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
FEW_DAYS = st.frozensets(DAYS, max_size=8)
MONTHS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 29), 1, date(2028, 2, 29)),
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 20), 0, date(2026, 5, 20)),
    ],
)
def test_months_are_calendar_months_and_a_missing_day_is_the_last(start, months, end):
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 11, 6), 1, date(2026, 12, 7)),  # 06/12 is a Sunday
        (date(2026, 11, 5), 1, date(2026, 12, 7)),  # 05/12 is a Saturday
        (date(2026, 11, 7), 1, date(2026, 12, 7)),  # a working Monday
        (date(2026, 1, 31), 1, date(2026, 3, 2)),  # 28/02 is a Saturday
        (date(2026, 7, 31), 1, date(2026, 9, 3)),  # 31/08 swapped off, National Day on 1 and 2/9
        (date(2026, 1, 17), 1, date(2026, 2, 23)),  # Tết Bính Ngọ: off from Monday 16 to Friday 20/02
        (date(2026, 3, 30), 1, date(2026, 5, 4)),  # 30/4 and 1/5, then a weekend
        (date(2026, 7, 22), 1, date(2026, 8, 22)),  # a Saturday worked in exchange for 31/08
        (date(2026, 10, 24), 1, date(2026, 11, 25)),  # 24/11, Vietnam's day of culture
    ],
)
def test_a_term_that_ends_on_a_day_off_moves_to_the_next_working_day(start, months, end):
    assert term_of_months(start, months) == end


@pytest.mark.parametrize("day", [date(2026, 2, 16) + timedelta(n) for n in range(7)])
def test_what_falls_due_at_tet_is_due_after_it(day):
    assert not is_working_day(day)
    assert next_working_day(day) == date(2026, 2, 23)
    assert working_day_by(day) == date(2026, 2, 13)


def test_a_holiday_on_a_weekend_is_made_up_for():
    # Giỗ Tổ Hùng Vương (10/3 lunar) is Sunday 26/04/2026.
    assert not is_working_day(date(2026, 4, 26))
    assert not is_working_day(date(2026, 4, 27))
    assert is_working_day(date(2026, 4, 28))


@pytest.mark.parametrize(
    ("worked", "off"),
    [
        (date(2026, 8, 22), date(2026, 8, 31)),
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2019, 1, 5), date(2018, 12, 31)),  # across the turn of the year
        (date(2014, 12, 27), date(2015, 1, 2)),
    ],
)
def test_a_saturday_worked_in_exchange_is_a_working_day(worked, off):
    assert worked.weekday() == 5
    assert is_working_day(worked)
    assert not is_working_day(off)


def test_what_is_announced_later_overrules_the_calendar():
    monday, saturday = date(2026, 12, 7), date(2026, 12, 12)
    assert term_of_months(date(2026, 11, 6), 1, extra_days_off=frozenset({monday})) == date(2026, 12, 8)
    assert not is_working_day(monday, extra_days_off=frozenset({monday}))
    assert is_working_day(saturday, extra_working_days=frozenset({saturday}))
    assert next_working_day(saturday, extra_working_days=frozenset({saturday})) == saturday


def test_a_day_cannot_be_announced_as_both():
    both = frozenset({date(2026, 12, 12)})
    with pytest.raises(ValueError, match="both"):
        is_working_day(date(2026, 12, 12), extra_days_off=both, extra_working_days=both)


def test_before_the_tenth_of_june_means_the_ninth_or_the_working_day_before_it():
    assert working_day_before(date(2026, 6, 10)) == date(2026, 6, 9)
    assert working_day_before(date(2028, 6, 12)) == date(2028, 6, 9)  # a Monday: back over the weekend
    assert working_day_by(date(2026, 6, 9)) == date(2026, 6, 9)
    assert working_day_by(date(2029, 6, 9)) == date(2029, 6, 8)  # 09/06/2029 is a Saturday


def test_the_year_to_apply_in_ends_on_a_working_day():
    assert one_year_after(date(2025, 11, 20)) == date(2026, 11, 20)
    assert one_year_after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert one_year_after(date(2025, 12, 6)) == date(2026, 12, 7)


@pytest.mark.parametrize("function", [is_working_day, next_working_day, working_day_by, one_year_after])
def test_a_moment_is_no_local_date(function):
    with pytest.raises(TypeError, match="local date"):
        function(datetime(2026, 11, 23, 8, tzinfo=UTC))
    with pytest.raises(TypeError, match="local date"):
        function("2026-11-23")


def test_a_term_beyond_the_calendar_is_an_error():
    with pytest.raises(ValueError, match="calendar"):
        add_months(date(9999, 12, 1), 1)


@given(DAYS, MONTHS)
def test_a_term_ends_on_the_first_working_day_from_the_same_day_of_the_month(start, months):
    same_day = add_months(start, months)
    end = term_of_months(start, months)
    assert is_working_day(end)
    assert all(not is_working_day(same_day + timedelta(n)) for n in range((end - same_day).days))
    assert 0 <= (end - same_day).days <= 16


@given(DAYS, st.integers(-60, 60))
def test_adding_months_keeps_the_day_or_takes_the_months_last(start, months):
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(1)).day == 1)


@given(DAYS, DAYS, MONTHS)
def test_who_starts_later_is_never_due_earlier(one, other, months):
    first, second = sorted((one, other))
    assert term_of_months(first, months) <= term_of_months(second, months)


@given(DAYS, FEW_DAYS, FEW_DAYS)
def test_working_days_lie_on_their_sides(day, off, worked):
    extra = {"extra_days_off": off - worked, "extra_working_days": worked}
    before, after = working_day_before(day, **extra), next_working_day(day, **extra)
    assert before < day <= after
    assert is_working_day(before, **extra)
    assert is_working_day(after, **extra)
    assert working_day_by(after, **extra) == after
    assert (after == day) == is_working_day(day, **extra)
    assert working_day_before(after, **extra) == before


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 10, 12), 15, date(2026, 11, 2)),
        (date(2026, 10, 12), 1, date(2026, 10, 13)),
        (date(2026, 10, 16), 1, date(2026, 10, 19)),  # a Friday
        (date(2026, 10, 17), 1, date(2026, 10, 19)),  # a Saturday: the same
        (date(2027, 2, 3), 1, date(2027, 2, 11)),  # over Tết: 4 to 10 February are off
    ],
)
def test_working_days_count_from_the_day_after(start, days, last):
    assert term_of_working_days(start, days) == last


def test_announced_days_move_a_term_of_working_days():
    off, worked = frozenset({date(2026, 10, 14)}), frozenset({date(2026, 10, 17)})
    assert term_of_working_days(date(2026, 10, 12), 2, off) == date(2026, 10, 15)
    assert term_of_working_days(date(2026, 10, 12), 5, off, worked) == date(2026, 10, 19)
    with pytest.raises(ValueError, match="at least one day"):
        term_of_working_days(date(2026, 10, 12), 0)
