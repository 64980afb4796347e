"""What writes and withdraws evidence: sessions, credits, the training officer; nothing is ever changed."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from training.claims import Refused
from training.competency import assessments, evidence, suggestions, targets
from training.competency.record import record_of, still_standing
from training.models import Area, CompetencyEvidence, Enrolment, SelfAssessment, Session
from trust.append_only import Frozen

from . import builders
from .claim_people import make_people


@pytest.fixture
def course(db):
    return builders.course("KNS-2", topics=[1, 6], level=2)


def from_session(session, user=None):
    with transaction.atomic():
        return evidence.from_session(session, user)


def standing(**where):
    rows = still_standing(CompetencyEvidence.objects.filter(**where).order_by("area__topic", "staff"))
    return [(row.staff.staff_code, row.area.topic, row.level, row.source) for row in rows]


def change(session, **values):
    Session.objects.filter(pk=session.pk).update(**values)
    return Session.objects.select_related("course").get(pk=session.pk)


def test_whoever_was_there_shows_the_course_level_in_its_topics(course):
    session = builders.session(course, code="KNS-2026-01")
    marks = {"A": "present", "B": "late", "C": "excused", "D": "absent"}
    for code, status in marks.items():
        builders.attended(builders.person(code), session, status)
    assert from_session(session) == 4
    assert standing() == [
        ("A", 1, 2, "KNS-2026-01"),
        ("B", 1, 2, "KNS-2026-01"),
        ("A", 6, 2, "KNS-2026-01"),
        ("B", 6, 2, "KNS-2026-01"),
    ]
    assert from_session(session) == 0


@pytest.mark.parametrize("state", ["draft", "open", "held", "cancelled"])
def test_a_session_that_is_not_confirmed_shows_nothing(course, state):
    session = builders.session(course, state=state)
    builders.attended(builders.person(), session)
    assert from_session(session) == 0


def test_a_corrected_attendance_withdraws_and_gives_again(course):
    session, staff = builders.session(course, code="S"), builders.person("A")
    builders.attended(staff, session)
    from_session(session)
    builders.attended(staff, session, "absent")
    assert (from_session(session), standing()) == (2, [])
    builders.attended(staff, session, "late")
    assert (from_session(session), standing()) == (2, [("A", 1, 2, "S"), ("A", 6, 2, "S")])
    assert sorted(CompetencyEvidence.objects.values_list("kind", "take")) == [
        ("course", 1),
        ("course", 1),
        ("course", 2),
        ("course", 2),
        ("withdrawn", 1),
        ("withdrawn", 1),
    ]


def test_a_cancelled_session_withdraws_all_it_had_shown(course):
    session = builders.session(course)
    builders.attended(builders.person("A"), session)
    from_session(session)
    assert from_session(change(session, state="cancelled")) == 2
    assert standing() == []


def test_evidence_of_a_session_costs_the_same_queries_for_one_and_many(course):
    def queries(people):
        session = builders.session(course)
        for _number in range(people):
            builders.attended(builders.person(), session)
        with CaptureQueriesContext(connection) as captured:
            assert from_session(session) == 2 * people
        return len(captured)

    assert queries(1) == queries(30)


def test_evidence_is_written_in_a_transaction_only(course, monkeypatch):
    monkeypatch.setattr(evidence, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(transaction.TransactionManagementError):
        evidence.from_session(builders.session(course))


def test_evidence_is_never_changed(course):
    session = builders.session(course)
    builders.attended(builders.person(), session)
    from_session(session)
    row = CompetencyEvidence.objects.first()
    for attempt in (row.save, row.delete, CompetencyEvidence.objects.all().delete):
        with pytest.raises(Frozen):
            attempt()


# ---- by hand


def by_hand(user, staff, **values):
    area = targets.areas()[0]
    values = {"kind": "test", "level": 3, "source": "Bài kiểm tra 4", "shown_on": date(2026, 3, 2)} | values
    return evidence.add_by_hand(user, staff, area, **values)


def code_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.code


@pytest.mark.django_db
def test_who_writes_and_withdraws_evidence_by_hand():
    people = make_people()
    staff = people.canbo.staff
    allowed = {
        name: evidence.refusal_by_hand(user, staff) is None for name, user in people.everybody().items()
    }
    assert {name for name, may in allowed.items() if may} == {"daotao", "daotao2"}
    for name in ("canbo", "truong", "nhansu", "quantri", "goc"):
        assert code_of(by_hand, people.everybody()[name], staff) == "only_officer_writes_evidence"
    assert code_of(by_hand, people.daotao, people.daotao.staff) == "evidence_of_oneself"
    row = by_hand(people.daotao, staff)
    assert code_of(evidence.withdraw, people.canbo, row, "Sai") == "only_officer_writes_evidence"
    assert code_of(evidence.withdraw, people.daotao, row, " ") == "withdrawal_reason_missing"
    evidence.withdraw(people.daotao2, row, "Chấm nhầm người")
    assert code_of(evidence.withdraw, people.daotao, row, "Sai") == "evidence_withdrawn_already"
    assert standing() == []
    assert by_hand(people.daotao, staff).take == 2


@pytest.mark.django_db
def test_what_is_written_by_hand_has_to_make_sense():
    people = make_people()
    staff = people.canbo.staff
    by_hand(people.daotao, staff)
    assert code_of(by_hand, people.daotao, staff) == "evidence_is_there"
    for level in (0, 5):
        assert code_of(by_hand, people.daotao, staff, level=level) == "level_wrong"
    assert code_of(by_hand, people.daotao, staff, source=" ") == "evidence_source_missing"
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert code_of(by_hand, people.daotao, staff, shown_on=tomorrow) == "shown_in_future"
    with pytest.raises(ValueError):
        by_hand(people.daotao, staff, kind="course")


def test_evidence_of_a_session_is_corrected_there(course):
    people = make_people()
    session = builders.session(course)
    builders.attended(people.canbo.staff, session)
    from_session(session)
    row = CompetencyEvidence.objects.first()
    assert code_of(evidence.withdraw, people.daotao, row, "Sai") == "evidence_has_its_source"


# ---- self-assessment, targets


@pytest.mark.django_db
def test_self_assessment_keeps_what_changed():
    people = make_people()
    first, second = (area.pk for area in targets.areas()[:2])
    assert assessments.assess(people.canbo, {first: 2, second: 0}) == 2
    assert assessments.assess(people.canbo, {first: 2, second: 1}) == 1
    assert assessments.latest_of(people.canbo.staff) == {first: 2, second: 1}
    assert SelfAssessment.objects.count() == 3
    assert code_of(assessments.assess, people.goc, {first: 1}) == "no_staff"
    assert standing() == []


@pytest.mark.django_db
def test_targets_are_set_by_the_officer_and_follow_the_position_of_the_day():
    people = make_people()
    first, second = targets.areas()[:2]
    assignment = people.canbo.staff.assignments.get()
    wanted = {(assignment.position_id, first.pk): 3, (assignment.position_id, second.pk): 0}
    for name in ("canbo", "truong", "nhansu", "quantri", "goc"):
        assert code_of(targets.change, people.everybody()[name], wanted) == "only_officer_sets_targets"
    assert [targets.change(people.daotao, wanted) for _twice in range(2)] == [1, 0]
    assert targets.of_staff(people.canbo.staff, date(2026, 3, 1)) == {first.pk: 3}
    assert targets.of_staff(people.canbo.staff, date(2019, 3, 1)) == {}
    assert targets.change(people.daotao, {(assignment.position_id, first.pk): 1}) == 1
    assert targets.change(people.daotao, {(assignment.position_id, first.pk): 0}) == 1
    assert targets.stored() == {}


# ---- sessions that help

NOW = timezone.make_aware(timezone.datetime(2026, 3, 10, 12))
SOON = date(2026, 3, 20)


def suggested(staff, needed):
    areas = targets.areas()
    keys = {areas[topic - 1].pk: level for topic, level in needed.items()}
    rows = record_of([area.pk for area in areas], [], [], keys)
    return [
        (found.session.code, [area.topic for area in found.areas], found.seats_left)
        for found in suggestions.suggest(staff, rows, areas, now=NOW)
    ]


def open_session(code, on=SOON, *, topics=(1,), level=2, **values):
    return builders.session(
        builders.course(f"C-{code}", topics=list(topics), level=level), on, code=code, state="open", **values
    )


@pytest.mark.django_db
def test_open_sessions_ahead_with_seats_that_teach_what_is_missing():
    staff, other = builders.person(), builders.person()
    open_session("late", SOON + timedelta(days=9), topics=(1, 3))
    full = open_session("full", capacity=1)
    Enrolment.objects.create(
        session=full, staff=other, state="invited", asked_at=timezone.now(), changed_at=timezone.now()
    )
    seats = open_session("seats", capacity=2)
    for person, state in ((other, "enrolled"), (staff, "cancelled")):
        Enrolment.objects.create(
            session=seats, staff=person, state=state, asked_at=timezone.now(), changed_at=timezone.now()
        )
    enrolled = open_session("enrolled")
    Enrolment.objects.create(
        session=enrolled, staff=staff, state="waitlisted", asked_at=timezone.now(), changed_at=timezone.now()
    )
    open_session("too-low", level=1)
    open_session("other-topic", topics=(2,))
    open_session("yesterday", date(2026, 3, 9))
    open_session("this-morning", date(2026, 3, 10))
    Session.objects.filter(pk=open_session("draft").pk).update(state="draft")
    assert suggested(staff, {1: 2, 3: 2}) == [("seats", [1], 1), ("late", [1, 3], None)]
    assert suggested(staff, {}) == []


@pytest.mark.django_db
def test_suggestions_cost_the_same_queries_for_one_and_many():
    staff = builders.person()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            found = suggested(staff, {1: 2, 2: 3})
        return len(captured), len(found)

    open_session("1")
    one = queries()
    for number in range(2, 31):
        open_session(str(number))
    assert (one, queries()) == ((one[0], 1), (one[0], suggestions.MOST))


# ---- the framework as data


@pytest.mark.django_db
def test_the_framework_is_there_and_loading_again_changes_nothing():
    from training.models import Competency, Framework, Level
    from training.reference_data import load_framework

    framework = Framework.objects.get(code="nd-224-2026")
    assert framework.is_current
    assert list(framework.areas.values_list("topic", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert list(framework.levels.values_list("number", flat=True)) == [1, 2, 3, 4]
    per_area = [area.competencies.count() for area in framework.areas.all()]
    assert per_area == [3, 3, 3, 6, 4, 4, 4]
    assert not Competency.objects.filter(source="").exists()
    Area.objects.filter(topic=1).update(name="Sửa tại phường")
    with CaptureQueriesContext(connection) as captured:
        load_framework()
    assert len(captured) == 1
    assert Area.objects.get(topic=1).name == "Sửa tại phường"
    assert (Framework.objects.count(), Area.objects.count(), Level.objects.count()) == (1, 7, 4)


class AnyCourseOfEvents(TestCase):
    """Whatever is marked in whatever order, what stands is what the attendance says at the end."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.sampled_from(["present", "absent", "late", "excused"]), max_size=5), st.data())
    def test_what_stands_follows_the_attendance(self, marks, data):
        session = builders.session(builders.course(f"K-{id(marks)}", topics=[2], level=3))
        staff = builders.person()
        for mark in marks:
            builders.attended(staff, session, mark)
            if data.draw(st.booleans()):
                from_session(session)
        from_session(session)
        expected = [3] if marks and marks[-1] in ("present", "late") else []
        rows = still_standing(CompetencyEvidence.objects.filter(staff=staff))
        assert [row.level for row in rows] == expected


def test_a_file_brings_evidence_and_taking_it_back_withdraws_it(django_user_model):
    from training.imports import apply as write
    from training.imports import begin, read, revert

    from .workbooks import COURSE, SESSION, workbook

    user = django_user_model.objects.create_user("daotao", password="only-for-tests-14")
    builders.person("HD-0001")
    rows = {
        "Khóa học": [COURSE],
        "Buổi học": [SESSION],
        "Điểm danh": [["KNS-01", "HD-0001", "", "có mặt", None]],
    }
    batch = begin(user, workbook(rows), "dao-tao.xlsx")
    read(batch.pk)
    assert write(user, batch.pk).is_written

    def standing():
        shown = CompetencyEvidence.objects.filter(withdrawal=None).exclude(kind="withdrawn")
        return sorted(shown.values_list("staff__staff_code", "area__topic", "source"))

    assert standing() == [("HD-0001", 1, "KNS-01"), ("HD-0001", 3, "KNS-01")]
    assert revert(user, batch.pk).code == "reverted"
    assert standing() == []
