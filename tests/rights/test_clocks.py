"""The terms of the decree, by its figures and by what must hold for any day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.terms import is_working_day
from rights import clocks
from rights.models import RequestKind

DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2030, 12, 31))
KINDS = st.sampled_from(sorted(clocks.TERMS))


@pytest.mark.parametrize(
    ("kinds", "days", "with_processor", "more"),
    [
        (("withdraw", "restrict", "object"), 15, 20, 15),
        (("view", "correct", "provide"), 10, 15, 10),
        (("delete",), 20, 30, 20),
        (("protect",), 15, 15, 15),
    ],
)
def test_the_days_are_those_of_article_5(kinds, days, with_processor, more):
    for kind in kinds:
        assert clocks.days_for(kind) == days
        assert clocks.days_for(kind, with_processor=True) == with_processor
        assert clocks.days_for(kind, extended=True) == days + more
        assert clocks.days_for(kind, with_processor=True, extended=True) == with_processor + more


def test_every_kind_of_request_has_its_term():
    assert set(clocks.TERMS) == set(RequestKind.values)


def test_the_first_answer_to_a_friday_s_request_is_due_on_tuesday():
    assert clocks.first_answer_due(date(2026, 10, 2)) == date(2026, 10, 6)


def test_a_term_over_tet_ends_with_the_first_working_day_after_it():
    assert clocks.first_answer_due(date(2027, 2, 4)) > date(2027, 2, 9)
    assert clocks.due("view", date(2026, 2, 9)) == date(2026, 2, 23)


def test_an_announced_day_off_moves_a_term_that_would_end_on_it():
    announced = (frozenset({date(2026, 10, 15)}), frozenset())
    assert clocks.due("view", date(2026, 10, 5)) == date(2026, 10, 15)
    assert clocks.due("view", date(2026, 10, 5), announced) == date(2026, 10, 16)


@given(DAYS)
def test_two_working_days_lie_between_a_request_and_its_first_answer(day):
    due = clocks.first_answer_due(day)
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(is_working_day(one) for one in between) == 2
    assert is_working_day(due)


@given(KINDS, DAYS, st.booleans(), st.booleans())
def test_a_term_ends_on_a_working_day_and_never_early(kind, day, with_processor, extended):
    days = clocks.days_for(kind, with_processor=with_processor, extended=extended)
    due = clocks.due(kind, day, with_processor=with_processor, extended=extended)
    assert due >= day + timedelta(days=days)
    assert is_working_day(due)
    skipped = [day + timedelta(days=n) for n in range(days, (due - day).days)]
    assert not any(is_working_day(one) for one in skipped)


@given(KINDS, DAYS, st.booleans())
def test_more_time_never_ends_a_term_earlier(kind, day, with_processor):
    plain = clocks.due(kind, day, with_processor=with_processor)
    assert clocks.due(kind, day, with_processor=with_processor, extended=True) > plain
    assert clocks.due(kind, day, with_processor=True) >= clocks.due(kind, day)


@given(KINDS, DAYS, DAYS)
def test_a_later_request_is_never_due_earlier(kind, one, other):
    first, second = sorted((one, other))
    assert clocks.due(kind, first) <= clocks.due(kind, second)


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1)))
def test_a_breach_has_72_hours_whatever_the_day(moment):
    found = moment.replace(tzinfo=UTC)
    assert clocks.breach_due(found) - found == timedelta(hours=72)
