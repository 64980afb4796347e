"""The invariants of training.md §8, on whichever database the tests run, against the plain reference."""

from collections import Counter
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Unit, UnitAssignment
from people.units import UnitTree
from training import coverage
from training.coverage import Figures, State
from training.models import Attendance, OutsideCredit, Session

from . import reference, worlds

pytestmark = pytest.mark.django_db
CATEGORIES = ("CC", "VC")
few = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
least_minutes = st.sampled_from([1, 1, 60, 180, 300])
least_days = st.sampled_from([0, 1, 30, 30, 366])


class Undone:
    """What an example wrote is gone when it ends."""

    def __enter__(self):
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *raised):
        transaction.set_rollback(True)
        return self.block.__exit__(*raised)


def policy(minutes=1, days=30):
    found = coverage.policy_of("digital-skills", worlds.YEAR)
    return replace(found, categories=CATEGORIES, min_minutes=minutes, min_available_days=days)


def by_the_reference(people, day, minutes=1, days=30):
    rule = {"categories": CATEGORIES, "least_minutes": minutes, "least_days": days}
    return {
        key: (
            reference.state(drawn, worlds.YEAR, day, **rule),
            reference.unit(drawn, day),
            reference.credit(drawn, worlds.YEAR, day),
        )
        for key, drawn in people.items()
    }


@few
@given(worlds.world(), worlds.day_asked, least_minutes, least_days)
def test_sql_and_the_pure_rule_say_what_the_reference_says(found, day, minutes, days):
    with Undone():
        people = worlds.store(found)
        expected = by_the_reference(people, day, minutes, days)
        codes = dict(Unit.objects.values_list("pk", "code"))
        rule = policy(minutes, days)

        asked = {p.staff_id: (p.state, codes.get(p.unit_id), p.minutes) for p in coverage.people(rule, day)}
        assert asked == {key: found for key, found in expected.items() if found[0] != "out"}

        facts = coverage.facts_of(list(people), rule)
        judged = {key: coverage.judge(facts[key], rule, day) for key in people}
        assert {key: (j.state, codes.get(j.unit), j.credit) for key, j in judged.items()} == expected


@few
@given(worlds.world(), worlds.day_asked, least_minutes, least_days)
def test_figures_count_everybody_in_scope_once_and_add_up_at_every_level(found, day, minutes, days):
    with Undone():
        expected = by_the_reference(worlds.store(found), day, minutes, days)
        by_unit = coverage.figures_by_unit(policy(minutes, days), day)
        total = coverage.whole(by_unit)

        counts = Counter(state for state, _unit, _credit in expected.values())
        assert total == Figures(
            trained=counts["trained"],
            exempt=counts["waived"] + counts["exempt_leave"],
            not_due=counts["not_due"],
            missing=counts["missing"],
        )
        assert total.population == sum(counts.values()) - counts["out"]
        rows = coverage.roll_up(UnitTree.load(), by_unit)
        tops = [row.total for row in rows if row.depth == 0]
        assert sum(tops, Figures()) == total
        if total.official is not None:
            assert float(total.official) >= float(total.strict)


@few
@given(worlds.world(), worlds.day_asked, least_minutes)
def test_asking_for_some_units_or_people_gives_those_of_the_whole(found, day, minutes):
    with Undone():
        people = worlds.store(found)
        rule = policy(minutes)
        everybody = coverage.people(rule, day)
        for unit in Unit.objects.all():
            some = coverage.people(rule, day, units=[unit.pk])
            assert some == [person for person in everybody if person.unit_id == unit.pk]
            figures = coverage.figures_by_unit(rule, day, units=[unit.pk])
            assert figures == {
                key: value for key, value in coverage.figures_by_unit(rule, day).items() if key == unit.pk
            }
        half = list(people)[::2]
        assert coverage.people(rule, day, staff=half) == [p for p in everybody if p.staff_id in half]


@few
@given(worlds.world(), worlds.day_asked, least_minutes, st.integers(0, 60), st.integers(0, 60))
def test_lowering_the_least_days_never_changes_who_is_trained(found, day, minutes, one, other):
    with Undone():
        worlds.store(found)

        def trained(days):
            return [p.staff_id for p in coverage.people(policy(minutes, days), day, states=[State.TRAINED])]

        assert trained(one) == trained(other)


@few
@given(worlds.world(), worlds.day_asked, least_minutes, st.data())
def test_more_attendance_never_un_trains_anyone_and_touches_one_person(found, day, minutes, data):
    with Undone():
        people = worlds.store(found)
        rule = policy(minutes)
        before = {p.staff_id: p for p in coverage.people(rule, day)}
        chosen = data.draw(st.sampled_from(sorted(people)))
        free = Session.objects.exclude(attendances__staff=chosen)
        if not free:
            return
        added = data.draw(st.sampled_from(list(free)))
        Attendance.objects.create(
            staff_id=chosen,
            session=added,
            status="present",
            minutes=added.credit_minutes,
            session_minutes=added.credit_minutes,
        )
        after = {p.staff_id: p for p in coverage.people(rule, day)}
        assert {key: p for key, p in after.items() if key != chosen} == {
            key: p for key, p in before.items() if key != chosen
        }
        if chosen in before and before[chosen].state == State.TRAINED:
            assert after[chosen].state == State.TRAINED


@few
@given(worlds.world(), worlds.day_asked, least_minutes)
def test_cancelling_a_session_is_deleting_its_attendance(found, day, minutes):
    with Undone():
        worlds.store(found)
        rule = policy(minutes)
        session = Session.objects.first()
        if session is None:
            return
        with Undone():
            Session.objects.filter(pk=session.pk).update(state="cancelled")
            cancelled = coverage.people(rule, day)
        Attendance.objects.filter(session=session).delete()
        assert coverage.people(rule, day) == cancelled


@few
@given(worlds.world(), worlds.day_asked, least_minutes)
def test_attendance_outside_the_year_or_after_the_day_is_irrelevant(found, day, minutes):
    with Undone():
        worlds.store(found)
        rule = policy(minutes)
        before = coverage.people(rule, day)
        Attendance.objects.filter(session__held_on__lt=worlds.FIRST).delete()
        Attendance.objects.filter(session__held_on__gt=day).delete()
        OutsideCredit.objects.filter(completed_on__lt=worlds.FIRST).delete()
        OutsideCredit.objects.filter(completed_on__gt=day).delete()
        assert coverage.people(rule, day) == before


@few
@given(worlds.world(), worlds.day_asked, st.data())
def test_secondary_assignments_change_nothing_and_a_transfer_moves_one_person(found, day, data):
    with Undone():
        people = worlds.store(found)
        rule = policy()
        before = {p.staff_id: p for p in coverage.people(rule, day)}
        unit = Unit.objects.get(code="C")
        for key in people:
            UnitAssignment.objects.get_or_create(
                staff_id=key, unit=unit, start_on=worlds.FIRST.replace(day=3), defaults={"is_primary": False}
            )
        assert {p.staff_id: p for p in coverage.people(rule, day)} == before
        if not before:
            return
        chosen = data.draw(st.sampled_from(sorted(before)))
        UnitAssignment.objects.filter(staff=chosen, is_primary=True).delete()
        long_ago = worlds.FIRST.replace(year=2019)
        UnitAssignment.objects.create(staff_id=chosen, unit=unit, start_on=long_ago)
        after = {p.staff_id: p for p in coverage.people(rule, day)}
        assert after == before | {chosen: replace(before[chosen], unit_id=unit.pk)}
