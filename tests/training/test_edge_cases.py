"""The edge cases of training.md §2, row for row: A = 30, asked at 31/12 unless a row says otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from people.models import ServiceSpell, UnitAssignment
from training import coverage, freezing
from training.coverage import Figures, State
from training.models import Attendance, AttendanceEvent

from . import builders as b
from .workbooks import bring_in, counts, small

pytestmark = pytest.mark.django_db
YEAR = 2026
LAST = date(YEAR, 12, 31)
MARCH, DECEMBER = date(YEAR, 3, 10), date(YEAR, 12, 22)


def asked(**changed):
    return replace(coverage.policy_of("digital-skills", YEAR), **changed)


def state(staff, day=LAST, **changed):
    """What the statement says, and that the pure rule says the same."""
    policy = asked(**changed)
    judged, _facts = coverage.explain(staff, policy, day)
    found = {person.staff_id: person.state for person in coverage.people(policy, day)}
    assert found.get(staff.pk, State.OUT) == judged.state
    return judged.state


def minutes(staff, day=LAST):
    return coverage.explain(staff, asked(), day)[0].credit


def of_units(day=LAST):
    return coverage.figures_by_unit(asked(), day)


def test_joined_20_12_untrained_or_trained_22_12():
    untrained, trained = b.person(since=date(YEAR, 12, 20)), b.person(since=date(YEAR, 12, 20))
    b.attended(trained, b.session(on=DECEMBER))
    assert state(untrained) == State.NOT_DUE
    assert state(untrained, min_available_days=0) == State.MISSING  # A = 0 is the literal reading
    assert state(trained) == State.TRAINED
    assert state(trained, date(YEAR, 12, 21)) == State.NOT_DUE


def test_left_in_march_trained_or_not():
    since, until = b.LONG_AGO, date(YEAR, 3, 16)
    untrained, trained = b.person(since=since, until=until), b.person(since=since, until=until)
    b.attended(trained, b.session(on=MARCH))
    assert [state(person) for person in (untrained, trained)] == [State.OUT, State.OUT]
    day = date(YEAR, 3, 15)  # the last one in service
    assert [state(person, day) for person in (untrained, trained)] == [State.MISSING, State.TRAINED]
    assert of_units() == {}


def test_moved_a_to_b_on_01_07_trained_in_march():
    a, to = b.unit("A"), b.unit("B")
    person = b.person()
    b.assigned(person, a, until=date(YEAR, 7, 1))
    b.assigned(person, to, since=date(YEAR, 7, 1))
    b.attended(person, b.session(on=MARCH))
    assert of_units(date(YEAR, 6, 30)) == {a.pk: Figures(trained=1)}
    assert of_units(LAST) == {to.pk: Figures(trained=1)}


def test_came_with_a_certificate_from_outside_in_march():
    person = b.person(since=date(YEAR, 6, 1))
    b.outside(person, date(YEAR, 3, 15))
    assert state(person) == State.TRAINED
    waiting = b.person(since=date(YEAR, 6, 1))
    b.outside(waiting, date(YEAR, 3, 15), state="submitted")
    assert state(waiting) == State.MISSING
    long_here = b.person()
    b.outside(long_here, date(YEAR, 3, 15))
    assert state(long_here, date(YEAR, 3, 14)) == State.MISSING
    assert state(long_here, date(YEAR, 3, 15)) == State.TRAINED


@pytest.mark.parametrize("trained", [False, True])
def test_maternity_all_year(trained):
    person = b.person()
    b.leave(person, date(YEAR, 1, 1), date(YEAR + 1, 1, 1))
    if trained:
        b.attended(person, b.session(mode="online"))
    assert state(person) == (State.TRAINED if trained else State.EXEMPT_LEAVE)


def test_maternity_until_30_11_leaves_31_days():
    person = b.person()
    b.leave(person, date(YEAR, 1, 1), date(YEAR, 12, 1))
    assert coverage.explain(person, asked(), LAST)[0].available == 31
    assert state(person) == State.MISSING
    assert state(person, min_available_days=31) == State.MISSING
    assert state(person, min_available_days=32) == State.EXEMPT_LEAVE


def test_two_units_count_once_in_the_primary_one():
    primary, second = b.unit("A"), b.unit("B")
    person = b.person(in_unit=primary)
    b.assigned(person, second, primary=False)
    assert of_units() == {primary.pk: Figures(missing=1)}


def test_not_a_digital_skills_course_planned_or_cancelled_session():
    person = b.person()
    b.attended(person, b.session(b.course("NV", counts_for=())))
    for day, kept in enumerate(["draft", "open", "held", "cancelled"], start=1):
        b.attended(person, b.session(on=date(YEAR, 4, day), state=kept))
    b.attended(person, b.session(b.course("CU", years=(YEAR - 1,))))
    assert (state(person), minutes(person)) == (State.MISSING, 0)
    assert Attendance.objects.filter(staff=person).count() == 6  # rows stay


def test_m_180_two_sessions_of_90_minutes():
    person = b.person()
    b.attended(person, b.session(on=date(YEAR, 3, 10), ends=time(9, 30)))
    b.attended(person, b.session(on=date(YEAR, 5, 20), ends=time(9, 30)))
    assert state(person, date(YEAR, 5, 19), min_minutes=180) == State.MISSING
    assert state(person, date(YEAR, 5, 20), min_minutes=180) == State.TRAINED
    assert state(person, min_minutes=181) == State.MISSING


def test_overlapping_sessions_credit_no_more_than_their_union():
    person = b.person()
    b.attended(person, b.session(begins=time(8), ends=time(11)))
    b.attended(person, b.session(begins=time(9, 30), ends=time(11, 30)))
    assert minutes(person) == 210
    assert state(person, min_minutes=210) == State.TRAINED
    assert state(person, min_minutes=211) == State.MISSING


def test_same_file_imported_twice():
    b.person("HD-0001")
    first, second = (bring_in(small(["KNS-01", "HD-0001", "", "có mặt", ""])) for _ in range(2))
    assert counts(first) == (3, 0, 0)
    assert counts(second) == (0, 0, 3)
    assert Attendance.objects.count() == AttendanceEvent.objects.count() == 1


def test_marked_twice():
    person, session = b.person(), b.session()
    b.attended(person, session, "absent")
    b.attended(person, session, "late")
    assert list(Attendance.objects.values_list("staff", "status", "minutes")) == [(person.pk, "late", 180)]


def test_same_names_are_never_matched_by_name_alone():
    for code in ("HD-0001", "HD-0002"):
        b.person(code, full_name="Nguyễn Thị Hương")
    found = bring_in(small(["KNS-01", "", "Nguyễn Thị Hương", "có mặt", ""]))
    assert len(found["conflicts"]) == 1
    assert not Attendance.objects.exists()
    alone = b.person("HD-0003", full_name="Trần Thị Mận")
    found = bring_in(small(["KNS-01", "", alone.full_name, "có mặt", ""]))
    assert len(found["conflicts"]) == 1  # a name that only one person has isn't a code either
    assert not Attendance.objects.exists()


def test_rehired_within_the_year_is_one_person_and_earlier_credit_counts():
    person = b.person(since=b.LONG_AGO, until=date(YEAR, 6, 1))
    ServiceSpell.objects.create(staff=person, category="CC", start_on=date(YEAR, 8, 1))
    b.attended(person, b.session(on=MARCH))
    assert state(person) == State.TRAINED
    assert state(person, date(YEAR, 7, 15)) == State.OUT
    assert coverage.whole(of_units()) == Figures(trained=1)
    assert coverage.explain(person, asked(), LAST)[0].available == 151 + 153


def test_session_at_00_30_on_01_01_is_of_the_new_year():
    person = b.person()
    night = b.session(on=date(YEAR, 1, 1), begins=time(0, 30), ends=time(1, 30))
    b.attended(person, night)
    assert night.begins.astimezone(UTC).year == YEAR - 1  # what a stored moment would have said
    assert state(person, date(YEAR, 1, 1)) == State.TRAINED
    before = coverage.policy_of("digital-skills", YEAR - 1)
    assert coverage.explain(person, before, date(YEAR - 1, 12, 31))[0].credit == 0


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        (datetime(YEAR, 12, 31, 16, 59, 59, tzinfo=UTC), date(YEAR, 12, 31)),  # 23:59:59 in Hải Phòng
        (datetime(YEAR, 12, 31, 17, 0, 0, tzinfo=UTC), date(YEAR + 1, 1, 1)),
    ],
)
def test_today_is_the_local_day_to_the_last_second_of_the_year(moment, today, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert timezone.localdate() == today
    assert coverage.default_day(YEAR, timezone.localdate()) == LAST
    if today.year == YEAR:
        with pytest.raises(ValueError, match=str(YEAR + 1)):
            coverage.default_day(YEAR + 1, timezone.localdate())
    else:
        assert coverage.default_day(YEAR + 1, timezone.localdate()) == today


def test_evidence_found_in_january_for_december(officer):
    unit = b.unit("VHXH")
    person = b.person(in_unit=unit)
    policy = asked()
    first = freezing.freeze(policy, "year_end", officer, _january(8))
    b.outside(person, date(YEAR, 12, 18))
    assert state(person) == State.TRAINED  # the live figure changes
    first.refresh_from_db()
    assert (first.trained, first.missing) == (0, 1)  # the freeze doesn't
    second = freezing.freeze(policy, "year_end", officer, _january(14), reason="Chứng nhận đến muộn", seen=1)
    assert (second.version, second.trained, second.missing) == (2, 1, 0)


def test_person_without_unit_stands_in_the_pseudo_unit_and_blocks_the_freeze(officer):
    person = b.person()
    b.attended(person, b.session())
    assert of_units() == {None: Figures(trained=1)}
    refused = freezing.may_freeze(asked(), "year_end", officer, _january(8))
    assert refused.code == "checklist"
    UnitAssignment.objects.create(staff=person, unit=b.unit("VHXH"), start_on=b.LONG_AGO)
    assert freezing.may_freeze(asked(), "year_end", officer, _january(8)) is None


@pytest.fixture
def officer(django_user_model):
    from people.roles import Role, set_up_role

    user = django_user_model.objects.create_user("officer", "officer@example.org")
    b.person("HD-9999", category="KCT", user=user)
    set_up_role(user, Role.TRAINING_OFFICER, "test")
    return user


def _january(day):
    return timezone.make_aware(datetime(YEAR + 1, 1, day, 9))
