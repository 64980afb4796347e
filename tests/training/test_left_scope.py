"""Who left is OUT, on a line of their own, and in scope for every day before."""

from datetime import date

import pytest

from training import coverage

from . import builders as b

pytestmark = pytest.mark.django_db


def left(day, **asked):
    policy = coverage.policy_of("digital-skills", 2026)
    found = coverage.left_scope(policy, day, **asked)
    return [(person.staff_code, person.last_day) for person in found]


def test_whoever_left_this_year_stands_on_a_line_of_their_own():
    unit, other = b.unit("VP"), b.unit("VHXH")
    b.person("HD-0001", in_unit=unit, until=date(2026, 4, 1))
    b.person("HD-0002", in_unit=unit, until=date(2026, 1, 1))  # was gone before the year began
    b.person("HD-0003", in_unit=unit)
    b.person("HD-0004", in_unit=unit, until=date(2026, 4, 1), category="KCT")  # never in scope
    back = b.person("HD-0005", in_unit=unit, until=date(2026, 4, 1))
    back.spells.create(category="VC", start_on=date(2026, 9, 1))
    assert left(date(2026, 3, 31)) == []
    assert left(date(2026, 6, 30)) == [("HD-0001", date(2026, 3, 31)), ("HD-0005", date(2026, 3, 31))]
    assert left(date(2026, 12, 31)) == [("HD-0001", date(2026, 3, 31))]
    assert left(date(2026, 12, 31), units=[unit.pk]) == [("HD-0001", date(2026, 3, 31))]
    assert left(date(2026, 12, 31), units=[other.pk]) == []


def test_one_query(django_assert_num_queries):
    policy = coverage.policy_of("digital-skills", 2026)
    for _more in range(3):
        b.person(until=date(2026, 4, 1))
    with django_assert_num_queries(1):
        assert len(coverage.left_scope(policy, date(2026, 12, 31))) == 3
