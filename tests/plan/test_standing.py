"""The rule by which a target stands: the cases people argue about, and what holds for any number."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.targets.standing import Asked, Measure, Standing, judge

JUNE, NEW_YEAR = date(2027, 6, 30), date(2028, 1, 1)
SHARE = {"comparator": ">=", "goal": Decimal(100)}
YEARLY = Asked("yearly", 2030, **SHARE)
BY_2030 = Asked(
    "once_by_due_year", 2030, ">", Decimal(80), {2026: Decimal(50), 2027: Decimal(60)}, Fraction(45)
)
BAD_FIRST = [*reversed(Standing)]


def share(numerator, denominator=100):
    return Measure(Decimal(numerator), Decimal(denominator), True)


def count(number):
    return Measure(Decimal(number))


@pytest.mark.parametrize(
    ("asked", "measure", "day", "as_of", "expected"),
    [
        (YEARLY, share(100), JUNE, JUNE, ("met", "goal_reached")),
        (YEARLY, share(50), JUNE, JUNE, ("on_track", "ahead_of_pace")),  # half the year, half the way
        (YEARLY, share(49), JUNE, JUNE, ("at_risk", "behind_pace")),
        (YEARLY, share(99), NEW_YEAR, date(2027, 12, 31), ("late", "expected_missed")),
        (YEARLY, share(99), date(2027, 12, 31), date(2027, 12, 31), ("at_risk", "behind_pace")),
        (YEARLY, None, JUNE, JUNE, ("no_data", "no_figure")),
        (YEARLY, None, date(2027, 12, 31), None, ("no_data", "no_figure")),
        (YEARLY, None, NEW_YEAR, None, ("late", "over_without")),
        (YEARLY, share(0, 0), NEW_YEAR, JUNE, ("nothing", "nothing_to_count")),
        # by 2030, with a way there: 50 at the end of 2026, 60 at the end of 2027
        (BY_2030, share(61), JUNE, JUNE, ("on_track", "expected_reached")),
        (BY_2030, share(60), JUNE, JUNE, ("on_track", "expected_reached")),
        (BY_2030, share(55), JUNE, JUNE, ("on_track", "ahead_of_pace")),
        (BY_2030, share(54), JUNE, JUNE, ("at_risk", "behind_pace")),
        (BY_2030, share(55), NEW_YEAR, JUNE, ("late", "expected_missed")),
        (BY_2030, share(81), JUNE, JUNE, ("met", "goal_reached")),
        (BY_2030, share(80), JUNE, JUNE, ("on_track", "expected_reached")),  # above 80 is not 80
        # at all times
        (Asked("continuous", None, **SHARE), share(100), JUNE, JUNE, ("on_track", "reached_so_far")),
        (Asked("continuous", None, **SHARE), share(100), NEW_YEAR, JUNE, ("met", "goal_reached")),
        (Asked("continuous", 2030, "<=", Decimal(0)), count(0), JUNE, JUNE, ("on_track", "not_exceeded")),
        (Asked("continuous", 2030, "<=", Decimal(0)), count(1), JUNE, JUNE, ("late", "exceeded")),
        (Asked("once", None, ">=", Decimal(1)), count(1), JUNE, JUNE, ("met", "goal_reached")),
    ],
)
def test_numbers(asked, measure, day, as_of, expected):
    verdict = judge(asked, measure, 2027, day, as_of=as_of)
    assert (verdict.standing, verdict.reason) == expected


def test_above_eighty_in_its_due_year_is_not_reached_by_eighty():
    asked = Asked("once_by_due_year", 2030, ">", Decimal(80))
    verdict = judge(asked, share(80), 2030, date(2031, 1, 1), as_of=date(2030, 12, 31))
    assert (verdict.standing, verdict.reason) == ("late", "expected_missed")
    assert judge(asked, share(81), 2030, date(2031, 1, 1)).standing == Standing.MET


def test_once_the_time_is_over_the_goal_itself_judges():
    """A value set lower for the last year of the way does not stand in for the goal."""
    asked = Asked("once_by_due_year", 2030, ">=", Decimal(90), {2029: Decimal(75), 2030: Decimal(80)})
    assert judge(asked, share(85), 2030, date(2030, 12, 31)).standing == Standing.AT_RISK
    verdict = judge(asked, share(85), 2030, date(2031, 1, 1), as_of=date(2030, 12, 31))
    assert (verdict.standing, verdict.needed) == ("late", 90)
    assert judge(asked, share(90), 2030, date(2031, 1, 1)).standing == Standing.MET
    assert judge(asked, share(76), 2029, date(2030, 1, 1)).standing == Standing.ON_TRACK


def test_without_an_expected_value_there_is_no_basis_until_the_due_year():
    asked = Asked("once_by_due_year", 2030, ">=", Decimal(2))
    assert judge(asked, count(1), 2027, JUNE).reason == "no_expected"
    assert judge(asked, count(1), 2027, NEW_YEAR).reason == "no_expected"
    assert judge(asked, count(1), 2030, date(2031, 1, 1)).standing == Standing.LATE


@pytest.mark.parametrize(
    ("is_met", "day", "expected"),
    [
        (None, JUNE, ("no_data", "no_words")),
        (False, JUNE, ("on_track", "under_way")),
        (True, JUNE, ("met", "said_met")),
        (False, date(2031, 1, 1), ("late", "over_not_met")),
        (None, date(2031, 1, 1), ("late", "over_not_met")),
    ],
)
def test_targets_without_a_number_stand_as_the_unit_says(is_met, day, expected):
    verdict = judge(Asked("once_by_due_year", 2030), None, 2027, day, is_met=is_met)
    assert (verdict.standing, verdict.reason) == expected


def test_a_share_never_rounds_up_to_all():
    assert share(9999, 10000).value == Decimal("99.9")
    assert share(955, 1000).value == Decimal("95.5")
    assert share(0, 0).value is None and share(0, 0).is_nothing


_numbers = st.integers(0, 200)


@given(_numbers, _numbers, st.integers(0, 366), st.sampled_from([YEARLY, BY_2030]))
def test_more_is_never_worse(less, more, days, asked):
    less, more = sorted([less, more])
    day = date.fromordinal(date(2027, 1, 1).toordinal() + days)
    worse, better = (judge(asked, share(n), 2027, day, as_of=day).standing for n in (less, more))
    assert BAD_FIRST.index(worse) <= BAD_FIRST.index(better)


@given(_numbers, st.integers(0, 364))
def test_the_same_figure_stands_no_better_later_in_the_year(number, days):
    day = date.fromordinal(date(2027, 1, 1).toordinal() + days)
    today, tomorrow = (
        judge(YEARLY, share(number), 2027, one, as_of=one).standing
        for one in (day, date.fromordinal(day.toordinal() + 1))
    )
    assert BAD_FIRST.index(tomorrow) <= BAD_FIRST.index(today)
