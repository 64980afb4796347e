"""The forecast is the definition with the seats added as attendance; its waiting people too."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.models import Unit
from training import coverage, forecast
from training.coverage.rules import Attended
from training.models import Enrolment, Session, SessionState

from . import builders, worlds
from .test_coverage_property import Undone, few, least_days, least_minutes, policy

pytestmark = pytest.mark.django_db
seat_state = st.sampled_from(["invited", "enrolled", "waitlisted", "cancelled"])


def seated(staff_key, session, state="enrolled"):
    now = timezone.now()
    return Enrolment.objects.create(
        session=session, staff_id=staff_key, state=state, asked_at=now, changed_at=now
    )


def with_seats(facts, staff_key, sessions, *, seats):
    """The facts as if held sessions were confirmed and, with `seats`, everybody with one came."""
    open_too = [SessionState.OPEN] if seats else []
    states = {s.code: s.state for s in sessions}
    marks = [
        replace(mark, confirmed=mark.confirmed or states[mark.session] in [SessionState.HELD, *open_too])
        for mark in facts.attended
    ]
    marked = {mark.session for mark in marks}
    if seats:
        for seat in Enrolment.objects.filter(staff=staff_key, state__in=["invited", "enrolled"]):
            session = seat.session
            counts = session.course.counting.filter(year=session.held_on.year).exists()
            if session.state in ("open", "held") and session.code not in marked and counts:
                marks.append(
                    Attended(
                        session.code,
                        session.held_on,
                        session.starts_at,
                        session.ends_at,
                        "present",
                        session.credit_minutes,
                    )
                )
    return replace(facts, attended=tuple(marks))


def expected(people, rule, day, *, seats):
    sessions = list(Session.objects.all())
    facts = coverage.facts_of(list(people), rule)
    found = Counter()
    for key in people:
        judged = coverage.judge(with_seats(facts[key], key, sessions, seats=seats), rule, day)
        found[judged.unit, str(judged.state)] += 1
    return {key: number for key, number in found.items() if key[1] != "out"}


def counted(by_unit, name):
    """{(unit, column): people} of one set of figures, the empty ones left out."""
    found = {}
    for unit, out in by_unit.items():
        figures = getattr(out, name)
        for column in ("trained", "exempt", "not_due", "missing"):
            if getattr(figures, column):
                found[unit, column] = getattr(figures, column)
    return found


def by_column(states):
    column = {"waived": "exempt", "exempt_leave": "exempt"}
    found = Counter()
    for (unit, state), number in states.items():
        found[unit, column.get(state, state)] += number
    return dict(found)


@few
@given(worlds.world(), worlds.day_asked, least_minutes, least_days, st.integers(0, 60), st.data())
def test_the_forecast_is_the_rule_with_the_seats_as_attendance(found, day, minutes, days, ahead, data):
    with Undone():
        people = worlds.store(found)
        for session in Session.objects.all():
            for key in data.draw(st.sets(st.sampled_from(sorted(people)))):
                seated(key, session, data.draw(seat_state))
        rule = policy(minutes, days)
        until = min(day + timedelta(days=ahead), worlds.LAST)
        out = forecast.outlook(rule, day, until)
        assert counted(out, "by_then") == by_column(expected(people, rule, until, seats=True))
        assert {unit: o.now for unit, o in out.items() if o.now.population} == coverage.figures_by_unit(
            rule, day
        )
        assert counted(out, "once_confirmed") == by_column(expected(people, rule, day, seats=False))

        some = Unit.objects.get(code="A").pk
        assert forecast.outlook(rule, day, until, units=[some]) == {k: o for k, o in out.items() if k == some}


def test_held_and_open_sessions_make_people_wait_and_seats_make_the_forecast():
    unit = builders.unit()
    waits, comes, short, nowhere = (builders.person(in_unit=unit) for _ in range(4))
    held = builders.session(on=date(2026, 3, 10), state="held")
    soon = builders.session(on=date(2026, 11, 26), state="open")
    brief = builders.session(
        on=date(2026, 11, 27), begins=time(8), ends=time(9), state="open", credit_minutes=60
    )
    builders.attended(waits, held)
    seated(comes.pk, soon)
    seated(short.pk, brief)
    seated(nowhere.pk, soon, "waitlisted")
    rule = replace(coverage.policy_of("digital-skills", 2026), min_minutes=180)
    day = date(2026, 11, 23)
    found = forecast.outlook(rule, day, rule.due_on)[unit.pk]
    now = coverage.whole(coverage.figures_by_unit(rule, day))
    assert (now.trained, now.missing) == (0, 4)
    assert found.waiting == 1
    assert (found.by_then.trained, found.by_then.missing, found.without_seat) == (2, 2, 1)
    assert forecast.who_once_confirmed(rule, day) == {waits.pk}
    assert forecast.who_if_all_come(rule, rule.due_on) == {waits.pk, comes.pk}
    assert forecast.who_if_all_come(rule, rule.due_on, units=[]) == set()


def test_the_roll_of_a_held_session_overrules_its_seats():
    unit = builders.unit()
    absent = builders.person(in_unit=unit)
    held = builders.session(on=date(2026, 3, 10), state="held")
    seated(absent.pk, held)
    builders.attended(absent, held, "absent")
    rule = coverage.policy_of("digital-skills", 2026)
    found = forecast.outlook(rule, date(2026, 11, 23), rule.due_on)[unit.pk]
    assert (found.by_then.missing, found.without_seat) == (1, 1)


def test_a_forecast_looks_to_the_day_due_then_to_the_end_of_the_year_and_never_back():
    rule = coverage.policy_of("digital-skills", 2026)
    today = date(2026, 11, 23)
    assert forecast.day_ahead(rule, today, today) == date(2026, 11, 30)
    assert forecast.day_ahead(rule, date(2026, 12, 1), today) == date(2026, 12, 31)
    assert forecast.day_ahead(rule, date(2026, 6, 1), today) is None
