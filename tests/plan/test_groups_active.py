"""When a club or team is active, over plain values: no database."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plan.groups.active import is_active, months_before

DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))
MONTHS = st.integers(1, 24)


def test_six_months_before_the_last_of_august_is_the_last_of_february():
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2028, 8, 31), 6) == date(2028, 2, 29)
    assert months_before(date(2027, 3, 15), 6) == date(2026, 9, 15)


def test_an_activity_counts_on_the_day_six_months_later_and_not_on_the_next():
    held = [date(2026, 6, 10)]
    assert is_active(date(2026, 1, 1), None, held, date(2026, 12, 10), 6)
    assert not is_active(date(2026, 1, 1), None, held, date(2026, 12, 11), 6)


def test_founded_today_with_an_activity_today_is_active_and_without_one_is_not():
    today = date(2026, 6, 10)
    assert is_active(today, None, [today], today, 6)
    assert not is_active(today, None, [], today, 6)


def test_on_the_last_day_it_is_active_and_on_the_day_after_it_is_not():
    held = [date(2026, 6, 10)]
    assert is_active(date(2026, 1, 1), date(2026, 7, 1), held, date(2026, 6, 30), 6)
    assert not is_active(date(2026, 1, 1), date(2026, 7, 1), held, date(2026, 7, 1), 6)


@given(DAYS, DAYS, st.lists(DAYS, max_size=5), DAYS, MONTHS)
def test_what_is_still_to_come_says_nothing(start_on, end, held, day, months):
    known = [one for one in held if one <= day]
    assert is_active(start_on, end, held, day, months) == is_active(start_on, end, known, day, months)


@given(DAYS, st.lists(DAYS, max_size=5), DAYS, MONTHS)
def test_the_latest_known_activity_alone_decides(start_on, held, day, months):
    known = [one for one in held if one <= day]
    latest = [max(known)] if known else []
    assert is_active(start_on, None, known, day, months) == is_active(start_on, None, latest, day, months)


@given(DAYS, st.lists(DAYS, max_size=5), DAYS, MONTHS)
def test_more_months_never_make_it_less_active(start_on, held, day, months):
    if is_active(start_on, None, held, day, months):
        assert is_active(start_on, None, held, day, months + 1)


@given(DAYS, MONTHS)
def test_going_back_is_going_back(day, months):
    assert months_before(day, months) < day
    assert (day - months_before(day, months)) <= timedelta(days=31 * months + 3)
