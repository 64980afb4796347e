"""Events make attendance: in any order, however often they are sent."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from training.attendance import Standing, fold, record
from training.models import Attendance, AttendanceEvent

from . import builders as b

Source = AttendanceEvent.Source
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
LESSON = 180


def event(number, status="present", minutes=None, source=Source.ROLL, later=0):
    at = NOON + timedelta(seconds=later)
    return SimpleNamespace(key=f"e{number}", status=status, minutes=minutes, source=source, at=at)


events = st.lists(
    st.builds(
        event,
        number=st.integers(0, 50),
        status=st.sampled_from(["present", "late", "excused", "absent", ""]),
        minutes=st.one_of(st.none(), st.integers(0, 300)),
        source=st.sampled_from(Source.values),
        later=st.integers(0, 3),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)


@settings(deadline=None)
@given(events, st.randoms())
def test_the_order_of_events_is_irrelevant(told, random):
    shuffled = list(told)
    random.shuffle(shuffled)
    assert fold(shuffled, LESSON) == fold(told, LESSON)


@settings(deadline=None)
@given(events)
def test_minutes_never_exceed_the_session_and_only_presence_counts(told):
    standing = fold(told, LESSON)
    if standing:
        assert 0 <= standing.minutes <= (LESSON if standing.status in ("present", "late") else 0)


def test_the_organiser_overrules_a_scan_whenever_it_came():
    scan, mark = event(1, source=Source.SCAN, later=60), event(2, "absent")
    assert fold([scan, mark], LESSON) == Standing("absent", 0)


def test_of_two_marks_the_later_counts():
    assert fold([event(1, "absent", later=1), event(2, "late", 90)], LESSON) == Standing("absent", 0)


def test_what_was_taken_back_leaves_nothing():
    assert fold([event(1), event(2, "", later=1)], LESSON) is None


def test_a_scan_off_the_list_waits_for_the_organiser():
    assert fold([event(1, source=Source.SCAN_OFF_LIST)], LESSON) is None


def stored(session, staff, number=1, status="present", **values):
    return AttendanceEvent(
        key=f"e{number}",
        session=session,
        staff=staff,
        status=status,
        source=values.pop("source", Source.ROLL),
        at=NOON + timedelta(seconds=number),
        **values,
    )


def rows():
    return list(Attendance.objects.values_list("staff__staff_code", "status", "minutes"))


@pytest.mark.django_db
def test_sending_twice_is_sending_once():
    lesson, person = b.session(), b.person("HD-0001")
    credit = {lesson.pk: lesson.credit_minutes}
    for _time in range(2):
        with transaction.atomic():
            record(credit, [stored(lesson, person)])
    assert AttendanceEvent.objects.count() == 1
    assert rows() == [("HD-0001", "present", 180)]


@pytest.mark.django_db
def test_attendance_follows_its_events_forth_and_back():
    lesson, person = b.session(), b.person("HD-0001")
    credit = {lesson.pk: lesson.credit_minutes}
    told = [
        (stored(lesson, person, 1), [("HD-0001", "present", 180)]),
        (stored(lesson, person, 2, "late", minutes=120), [("HD-0001", "late", 120)]),
        (stored(lesson, person, 3, "", source=Source.REVERT), []),
        (stored(lesson, person, 4, source=Source.SCAN), []),
    ]
    for one, expected in told:
        with transaction.atomic():
            record(credit, [one])
        assert rows() == expected


@pytest.mark.django_db(transaction=True)
def test_attendance_is_written_inside_a_transaction_or_not_at_all():
    with pytest.raises(transaction.TransactionManagementError):
        record({}, [])


@pytest.mark.django_db
def test_the_database_holds_minutes_to_the_session_and_people_to_one_row():
    lesson, person = b.session(), b.person()
    row = {"session": lesson, "staff": person, "status": "present", "session_minutes": 180}
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(**row, minutes=181)
    Attendance.objects.create(**row, minutes=180)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(**row, minutes=10)


@pytest.mark.django_db
def test_an_event_is_never_changed():
    b.attended(b.person(), b.session())
    told = AttendanceEvent.objects.get()
    for attempt in (
        told.save,
        told.delete,
        AttendanceEvent.objects.all().delete,
        lambda: AttendanceEvent.objects.update(status=""),
    ):
        with pytest.raises(TypeError):
            attempt()
