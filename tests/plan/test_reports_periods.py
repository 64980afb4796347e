"""When reports are due and who owes one: rules over plain values."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.models import Unit
from people.units import UnitTree
from plan.reports.board import place_of
from plan.reports.duty import covered, is_invited, reporting_units
from plan.reports.periods import ad_hoc_code, cut_off_of, planned_periods


@dataclass
class Named:
    code: str
    month: int | None = None
    day: int | None = None
    strictly_before: bool = False
    first_due_on: date | None = None


@dataclass
class Reviewed:
    code: str
    due_year: int | None = None
    from_year: int | None = None
    to_year: int | None = None


DATES = [
    Named("R1", 6, 10, True, date(2027, 6, 10)),
    Named("R2", 12, 10, True, date(2026, 12, 10)),
    Named("R3"),
]
REVIEWS = [
    Reviewed("V-ANNUAL"),
    Reviewed("V-INTERIM", 2028, 2026, 2028),
    Reviewed("V-FINAL", 2030, 2026, 2030),
]


def due(year):
    return [(one.code, one.last_day, one.cut_off) for one in planned_periods(year, DATES, REVIEWS)]


def test_the_plan_came_out_after_its_first_10_6_so_december_2026_is_the_first_report():
    assert due(2025) == []
    assert due(2026) == [("2026-nam", date(2026, 12, 9), date(2026, 11, 30))]
    assert due(2027) == [
        ("2027-6-thang", date(2027, 6, 9), date(2027, 5, 31)),
        ("2027-nam", date(2027, 12, 9), date(2027, 11, 30)),
    ]


def test_the_reviews_are_due_with_the_report_of_their_year():
    assert [code for code, _last, _cut in due(2028)] == ["2028-6-thang", "2028-nam", "2028-so-ket"]
    assert [code for code, _last, _cut in due(2030)] == ["2030-6-thang", "2030-nam", "2030-tong-ket"]
    review = planned_periods(2028, DATES, REVIEWS)[-1]
    assert (review.from_day, review.to_day) == (date(2026, 1, 1), date(2028, 12, 31))


@given(st.integers(2027, 2100))
def test_before_the_tenth_means_the_ninth_in_every_year(year):
    for one in planned_periods(year, DATES, REVIEWS):
        assert one.last_day.day == 9
        assert one.cut_off < one.last_day
        assert one.from_day <= one.to_day


@given(st.dates(date(2026, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_the_cut_off_is_the_end_of_the_month_before_or_so_many_days_before(last_day, days):
    end = cut_off_of(last_day)
    assert (end + timedelta(days=1)).day == 1 and end < last_day
    assert (last_day - end).days <= 31
    assert cut_off_of(last_day, days) == last_day - timedelta(days=days)


def test_ad_hoc_periods_are_counted_by_year():
    assert ad_hoc_code(2026, []) == "2026-dot-xuat-1"
    taken = ["2026-nam", "2026-dot-xuat-2", "2025-dot-xuat-7"]
    assert ad_hoc_code(2026, taken) == "2026-dot-xuat-3"


# ---- who owes


def tree(*rows):
    """(key, code, parent key)."""
    return UnitTree(Unit(pk=key, code=code, name=code, parent_id=up) for key, code, up in rows)


WARD = [
    (1, "HD", None),
    (2, "VHXH", 1),
    (3, "MTTQ", 1),
    (4, "MTTQ-DTN", 3),
    (5, "TDP", 1),
    (6, "TDP-01", 5),
    (7, "TYT", 1),
]


@pytest.mark.parametrize(
    ("leading", "expected"),
    [
        ([], ["VHXH", "MTTQ"]),  # the plan's units report whether they lead or not
        ([4], ["VHXH", "MTTQ"]),  # an organisation reports through the Front
        ([7], ["VHXH", "MTTQ", "TYT"]),  # whatever else leads reports for itself
        ([6], ["VHXH", "MTTQ", "TDP-01"]),
        ([5, 6], ["VHXH", "MTTQ", "TDP"]),  # the one on top speaks for those under it
        ([1], ["VHXH", "MTTQ"]),  # the ward receives reports and sends none
    ],
)
def test_who_owes_a_report(leading, expected):
    assert [unit.code for unit in reporting_units(tree(*WARD), ["VHXH", "MTTQ"], leading)] == expected


def test_a_report_covers_its_subtree_less_who_reports_for_itself_and_what_it_took_over():
    units = tree(*WARD)
    assert covered(units, 3, []) == {3, 4}
    assert covered(units, 3, [(4, None)]) == {3}
    assert covered(units, 2, [(3, 2)]) == {2, 3, 4}
    assert covered(units, 5, [(6, None), (7, 5)]) == {5, 7}
    assert covered(units, 2, [(99, 2)]) == {2}


@given(st.sets(st.integers(2, 7)))
def test_no_unit_is_reported_by_two(reporting):
    units = tree(*WARD)
    found = [covered(units, own, [(other, None) for other in reporting - {own}]) for own in reporting]
    assert sum(len(keys) for keys in found) == len(set().union(*found))


def test_the_front_and_its_organisations_are_asked():
    units = tree(*WARD)
    assert [key for key in range(1, 8) if is_invited(units, key)] == [3, 4]


# ---- the board


@pytest.mark.parametrize(
    ("state", "is_begun", "days", "expected"),
    [
        ("draft", False, 3, "not_begun"),
        ("draft", True, 3, "writing"),
        ("draft", True, 0, "writing"),  # the last day is in time
        ("draft", True, -1, "overdue"),
        ("draft", False, -1, "overdue"),
        ("returned", True, 0, "returned"),
        ("returned", True, -1, "overdue"),
        ("submitted", True, -9, "submitted"),
        ("accepted", True, -9, "accepted"),
        ("excused", False, -9, "excused"),
    ],
)
def test_where_a_report_stands(state, is_begun, days, expected):
    today = date(2026, 12, 9)
    due_on = today + timedelta(days=days)
    assert place_of(state, is_begun=is_begun, due_on=due_on, today=today) == expected
