"""Worlds for property tests: drawn as plain values, stored, and read by the reference."""

from collections import namedtuple
from datetime import date, time, timedelta

from hypothesis import strategies as st

from people.models import Leave, ServiceSpell, Staff, Unit, UnitAssignment
from training.models import (
    Attendance,
    Course,
    Exemption,
    OutsideCredit,
    Requirement,
    RequirementCourse,
    Session,
)
from training.models.sessions import SessionState

from .reference import Lesson, Person

YEAR = 2026
UNITS = ("A", "B", "C")  # B stands under A
FIRST = date(YEAR, 1, 1)
_day = st.integers(-60, 425).map(lambda n: FIRST + timedelta(days=n))
LAST = date(YEAR, 12, 31)
# Edges first: most mistakes live at the ends of the year.
_edges = [FIRST, LAST, FIRST - timedelta(days=1), LAST + timedelta(days=1), date(YEAR, 12, 2)]
day = st.one_of(st.sampled_from(_edges), _day)
day_asked = st.one_of(st.just(LAST), st.integers(0, 364).map(lambda n: FIRST + timedelta(days=n)))
World = namedtuple("World", "people lessons")


@st.composite
def interval(draw, open_ended=True):
    start = draw(day)
    if open_ended and draw(st.booleans()):
        return start, None
    return start, start + timedelta(days=draw(st.integers(1, 400)))


@st.composite
def apart(draw, most=2):
    """Intervals that follow each other without sharing a day."""
    days = sorted(draw(st.lists(day, min_size=0, max_size=most * 2, unique=True)))
    pairs = [(days[i], days[i + 1]) for i in range(0, len(days) - 1, 2)]
    return pairs + ([(days[-1], None)] if len(days) % 2 else [])


@st.composite
def lesson(draw):
    held_on = draw(st.one_of(st.sampled_from([date(YEAR, 3, 10), date(YEAR, 3, 11)]), day))
    begins = draw(st.sampled_from([480, 540, 570, 600, 660]))
    return Lesson(
        held_on,
        begins,
        begins + draw(st.sampled_from([30, 60, 90, 180])),
        draw(st.sampled_from(["confirmed", "confirmed", "held", "cancelled", "open"])),
        draw(st.sampled_from([(YEAR,), (YEAR - 1, YEAR, YEAR + 1), ()])),
    )


@st.composite
def person(draw, lessons):
    spells = [
        (category, *dates)
        for category in draw(st.lists(st.sampled_from(["CC", "VC", "KCT"]), max_size=2, unique=True))
        for dates in draw(apart())
    ]
    places = [(draw(st.sampled_from(UNITS)), *dates) for dates in draw(apart())]
    places = list({(code, first): (code, first, after) for code, first, after in places}.values())
    leaves = draw(st.lists(st.tuples(interval(open_ended=False), st.booleans()), max_size=2))
    marks = [
        (one, status, minutes)
        for one in draw(
            st.lists(st.sampled_from(lessons), max_size=4, unique=True) if lessons else st.just([])
        )
        for status, minutes in [draw(_mark(one.ends - one.begins))]
    ]
    outside = draw(st.lists(st.tuples(day, st.sampled_from([1, 60, 180]), st.booleans()), max_size=2))
    exemptions = draw(st.lists(st.tuples(interval(), st.booleans()), max_size=1))
    return Person(
        spells=spells,
        primaries=places,
        leaves=list({first: (first, after, ok) for (first, after), ok in leaves}.values()),
        marks=marks,
        outside=outside,
        exemptions=[(first, after, ok) for (first, after), ok in exemptions],
    )


def _mark(most):
    counted = st.tuples(st.sampled_from(["present", "late"]), st.integers(0, most))
    return st.one_of(counted, counted, st.tuples(st.sampled_from(["excused", "absent"]), st.just(0)))


@st.composite
def world(draw, most_people=6):
    lessons = draw(st.lists(lesson(), max_size=5, unique=True))
    people = draw(st.lists(person(lessons), min_size=1, max_size=most_people))
    return World(people, lessons)


def clock(minute):
    return time(minute // 60, minute % 60)


def store(found: World):
    """Writes the world; `{staff key: Person}`. Two people never share a row, so bulk writes will do."""
    requirement = Requirement.objects.get(code="digital-skills")
    a = Unit.objects.create(code="A", name="A")
    b, c = Unit.objects.create(code="B", name="B", parent=a), Unit.objects.create(code="C", name="C")
    units = {"A": a, "B": b, "C": c}
    sessions = {one: _store_lesson(number, one, requirement) for number, one in enumerate(found.lessons)}
    stored = {}
    for number, drawn in enumerate(found.people):
        staff = Staff.objects.create(staff_code=f"P{number:02d}", full_name=f"Người {number}")
        stored[staff.pk] = drawn
        _store_person(staff, drawn, units, sessions, requirement)
    return stored


def _store_lesson(number, one, requirement):
    course = Course.objects.create(code=f"K{number}", name=f"K{number}", topics=[1])
    RequirementCourse.objects.bulk_create(
        RequirementCourse(requirement=requirement, year=year, course=course) for year in one.counts_in
    )
    return Session.objects.create(
        code=f"K{number}-1",
        course=course,
        held_on=one.held_on,
        starts_at=clock(one.begins),
        ends_at=clock(one.ends),
        credit_minutes=one.ends - one.begins,
        state=SessionState(one.state),
    )


def _store_person(staff, drawn, units, sessions, requirement):
    ServiceSpell.objects.bulk_create(
        ServiceSpell(staff=staff, category=category, start_on=first, end_before=after)
        for category, first, after in drawn.spells
    )
    UnitAssignment.objects.bulk_create(
        UnitAssignment(staff=staff, unit=units[code], start_on=first, end_before=after)
        for code, first, after in drawn.primaries
    )
    Leave.objects.bulk_create(
        Leave(staff=staff, start_on=first, end_before=after, is_approved=ok)
        for first, after, ok in drawn.leaves
    )
    Attendance.objects.bulk_create(
        Attendance(
            staff=staff,
            session=sessions[one],
            status=status,
            minutes=minutes,
            session_minutes=one.ends - one.begins,
        )
        for one, status, minutes in drawn.marks
    )
    OutsideCredit.objects.bulk_create(
        OutsideCredit(
            staff=staff,
            requirement=requirement,
            completed_on=on,
            minutes=minutes,
            certificate_number=str(number),
            state="verified" if verified else "submitted",
            submitted_at="2026-01-01T00:00:00Z",
        )
        for number, (on, minutes, verified) in enumerate(drawn.outside)
    )
    Exemption.objects.bulk_create(
        Exemption(
            staff=staff,
            requirement=requirement,
            start_on=first,
            end_before=after,
            state="approved" if ok else "requested",
            requested_at="2026-01-01T00:00:00Z",
        )
        for first, after, ok in drawn.exemptions
    )
