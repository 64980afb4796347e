"""A file from preview to revert, without its pages: nothing half written, nothing twice, all can go back."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from notifications.models import Notification
from people.models import Staff, User
from people.roles import Role, set_up_role
from training import certificates
from training.imports import (
    Answer,
    NotInPreview,
    apply,
    batches,
    begin,
    decide,
    decide_all,
    drop,
    obstacles,
    read,
    revert,
    standing,
)
from training.models import (
    Attendance,
    AttendanceEvent,
    CompetencyEvidence,
    Course,
    Enrolment,
    Exemption,
    ImportBatch,
    ImportRow,
    OutsideCredit,
    Session,
    SessionHistory,
    TrainingCertificate,
)

from .builders import attended, course, exempt, outside, person, session
from .workbooks import SESSION, D, T, bring_in, meaning, small, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def officer():
    user = User.objects.create_user("daotao", "daotao@hungdao.example")
    set_up_role(user, Role.TRAINING_OFFICER, "test")
    Staff.objects.create(staff_code="HD-0900", full_name="Lê Thu Trang", user=user)
    return user


def previewed(user, sheets, **options):
    batch = begin(user, workbook(sheets, **options), "Điểm danh.xlsx")
    read(batch.pk)
    batch.refresh_from_db()
    return batch


def verdicts(batch):
    return [(row.sheet, row.number, row.verdict) for row in batch.rows.all()]


def room():
    """A session, two namesakes, one person marked absent."""
    made = session(course("KNS"), code="S")
    an, ba = person("HD-0001", full_name="Lê An"), person("HD-0002", full_name="Lê An")
    cu = person("HD-0003", full_name="Phạm Cúc")
    attended(cu, made, "absent")
    return made, an, ba, cu


SIX = {
    "Điểm danh": [
        ["S", "HD-0001", "Lê An", "có mặt", None],
        ["S", "HD-0003", "Phạm Cúc", "muộn", 90],
        ["S", "", "Lê An", "có mặt", None],
        ["S", "HD-0091", "Trịnh Thảo", "có mặt", None],
        ["S", "HD-0900", "", "có mặt", 240],
        ["S", "HD-0003", "Phạm Cúc", "muộn", 90],
    ]
}


def test_a_preview_says_of_every_row_what_would_happen(officer):
    room()
    batch = previewed(officer, SIX)
    assert (batch.state, batch.rows_total, Attendance.objects.count()) == ("preview", 6, 1)
    assert verdicts(batch) == [
        ("attendance", 2, "new"),
        ("attendance", 3, "change"),
        ("attendance", 4, "ambiguous"),
        ("attendance", 5, "unknown"),
        ("attendance", 6, "invalid"),
        ("attendance", 7, "same"),
    ]
    assert batch.counts == {"new": 1, "same": 1, "change": 1, "ambiguous": 1, "unknown": 1, "invalid": 1}
    new, change, unclear, unknown, invalid, repeated = batch.rows.all()
    assert (new.before, new.after) == (None, {"status": "present", "minutes": 180})
    assert change.before == {"status": "absent", "minutes": 0}
    assert unclear.candidates == ["HD-0001", "HD-0002"]
    assert invalid.issues == [
        {
            "kind": "error",
            "column": "Số phút",
            "cell": "Điểm danh!E6",
            "value": "240",
            "reason": "The session has only 180 minutes.",
        }
    ]
    assert unknown.issues[0]["cell"] == "Điểm danh!B5"
    assert [issue["kind"] for issue in repeated.issues] == ["warning"]


def test_nothing_is_written_while_a_row_is_unclear_or_errors_are_not_left_out_knowingly(officer):
    room()
    batch = previewed(officer, SIX)
    assert apply(officer, batch.pk, leave_errors=True).code == "undecided"
    decide(batch.pk, {("attendance", 4): Answer(chosen="HD-0002")})
    assert standing(batch).undecided == 0
    assert apply(officer, batch.pk).code == "errors"
    assert (Attendance.objects.count(), AttendanceEvent.objects.count()) == (1, 1)
    assert apply(officer, batch.pk, leave_errors=True).is_written
    assert sorted(Attendance.objects.values_list("staff__staff_code", "status", "minutes")) == [
        ("HD-0001", "present", 180),
        ("HD-0002", "present", 180),
        ("HD-0003", "late", 90),
    ]
    batch.refresh_from_db()
    assert (batch.state, batch.file.name) == ("done", "")
    assert {k: batch.counts[k] for k in ("created", "changed", "unchanged", "left")} == {
        "created": 2,
        "changed": 1,
        "unchanged": 0,
        "left": 2,
    }


def test_a_row_that_is_left_is_not_written_and_a_person_may_be_found_for_an_unknown_code(officer):
    room()
    batch = previewed(officer, SIX)
    wrong = decide(
        batch.pk,
        {
            ("attendance", 2): Answer(leave=True),
            ("attendance", 4): Answer(leave=True),
            ("attendance", 5): Answer(chosen="HD-0900"),
            ("attendance", 6): Answer(leave=True),
            ("attendance", 3): Answer(chosen="HD-4444"),
        },
    )
    assert wrong == ["Row 3: nobody on the roster has the code “HD-4444”."]
    assert (standing(batch).to_write, standing(batch).left) == (2, 3)
    assert apply(officer, batch.pk).is_written
    assert sorted(Attendance.objects.values_list("staff__staff_code", flat=True)) == ["HD-0003", "HD-0900"]


def test_what_changed_meanwhile_is_shown_before_it_is_written(officer):
    made, _an, _ba, cu = room()
    batch = previewed(officer, {"Điểm danh": SIX["Điểm danh"][:2]})
    attended(cu, made, "excused")
    result = apply(officer, batch.pk)
    assert (result.code, result.rows, Attendance.objects.get().status) == ("changed", 1, "excused")
    assert batch.rows.get(number=3).before == {"status": "excused", "minutes": 0}
    assert apply(officer, batch.pk).is_written


def test_a_choice_that_makes_two_rows_contradict_is_shown_and_not_written(officer):
    room()
    rows = [["S", "HD-0001", "", "vắng", None], ["S", "", "Lê An", "có mặt", None]]
    batch = previewed(officer, {"Điểm danh": rows})
    decide(batch.pk, {("attendance", 3): Answer(chosen="HD-0001")})
    assert apply(officer, batch.pk, leave_errors=True).code == "changed"
    assert [verdict for *_row, verdict in verdicts(batch)] == ["invalid", "invalid"]
    decide(batch.pk, {("attendance", 2): Answer(leave=True)})
    assert apply(officer, batch.pk).is_written
    assert Attendance.objects.get(staff__staff_code="HD-0001").status == "present"


def test_leaving_a_session_makes_its_attendance_wrong_and_says_so_first(officer):
    person("HD-0001")
    batch = previewed(officer, small(["KNS-01", "HD-0001", "", "có mặt", None]))
    decide(batch.pk, {("sessions", 2): Answer(leave=True)})
    assert apply(officer, batch.pk, leave_errors=True).code == "changed"
    assert verdicts(batch)[-1] == ("attendance", 2, "unknown")
    assert not Course.objects.exists()


def test_writing_twice_writes_once(officer):
    room()
    batch = previewed(officer, {"Điểm danh": SIX["Điểm danh"][:1]})
    assert [apply(officer, batch.pk).code for _ in range(2)] == ["written", "over"]
    with pytest.raises(NotInPreview):
        decide(batch.pk, {("attendance", 2): Answer(leave=True)})
    assert drop(batch.pk) is False


def test_one_decision_for_all_rows_of_a_verdict(officer):
    room()
    batch = previewed(officer, SIX)
    decide_all(batch.pk, "new", leave=True)
    decide_all(batch.pk, "ambiguous", leave=True)
    assert (standing(batch).to_write, standing(batch).undecided, standing(batch).left) == (1, 0, 2)
    decide_all(batch.pk, "new", leave=False)
    assert standing(batch).to_write == 2


def test_nothing_to_write_says_so(officer):
    bring_in(small())
    assert apply(officer, previewed(officer, small()).pk).code == "nothing"


# ---- taking back


def everything():
    return small(["KNS-01", "HD-0001", "", "có mặt", None], ["KNS-01", "HD-0002", "", "vắng", None]) | {
        "Tín chỉ ngoài": [["HD-0001", D(2026, 4, 1), 60, "", "G1", "Có", "", "", "HD-0002"]],
        "Miễn": [["HD-0002", "", D(2026, 1, 1), None, "", "HD-0001"]],
    }


def test_what_was_new_is_gone_again(officer):
    person("HD-0001"), person("HD-0002")
    before = meaning()
    batch = previewed(officer, everything())
    assert apply(officer, batch.pk).is_written
    assert revert(officer, batch.pk).code == "reverted"
    assert meaning() == before
    assert [m.objects.count() for m in (Course, Session, AttendanceEvent, SessionHistory)] == [0, 0, 0, 0]
    assert revert(officer, batch.pk).code == "over"
    again = previewed(officer, everything())
    assert apply(officer, again.pk).is_written


def fields_of_all():
    models = (Course, Session, OutsideCredit, Exemption, Attendance)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_what_was_changed_stands_as_before_down_to_its_fields(officer):
    an, ba = person("HD-0001"), person("HD-0002")
    kns = course("KNS", topics=[2], years=(2025,))
    made = session(kns, code="KNS-01", on=D(2026, 2, 1), credit_minutes=60, state="held")
    attended(an, made, source="scan")
    attended(ba, made, "late", 30)
    outside(an, D(2026, 4, 1), 90, certificate_number="G1", state="refused", refusal_reason="mờ")
    exempt(ba, D(2026, 1, 1), D(2026, 2, 1), state="requested", requester=ba)
    before = meaning()
    raw = fields_of_all()
    batch = previewed(officer, everything())
    assert {row.verdict for row in batch.rows.all()} == {"change"}
    assert apply(officer, batch.pk).is_written
    assert meaning() != before
    assert revert(officer, batch.pk).code == "reverted"
    assert meaning() == before
    assert fields_of_all() == raw
    Session.objects.filter(pk=made.pk).update(credit_minutes=90)
    assert AttendanceEvent.objects.filter(staff=an).latest("at").minutes is None  # follows the session still


def test_rows_marked_or_changed_since_keep_the_batch_and_are_named(officer):
    an = person("HD-0001")
    person("HD-0002")
    batch = previewed(officer, everything())
    apply(officer, batch.pk)
    attended(an, Session.objects.get(), "present")  # the organiser says the same again: still a later word
    OutsideCredit.objects.update(minutes=61)
    before = meaning()
    result = revert(officer, batch.pk)
    assert [(r.sheet, r.number, r.reason) for r in result.rows] == [
        ("Điểm danh", 2, "Marked again since."),
        ("Tín chỉ ngoài", 2, "Changed since."),
    ]
    assert obstacles(batch.pk) == result.rows
    assert meaning() == before
    assert ImportBatch.objects.get().state == "done"


def test_what_others_rest_on_is_not_taken_away(officer):
    an = person("HD-0001")
    person("HD-0002")
    batch = previewed(officer, everything())
    apply(officer, batch.pk)
    now = timezone.now()
    seat = {"state": "enrolled", "asked_at": now, "changed_at": now}
    Enrolment.objects.create(session=Session.objects.get(), staff=an, **seat)
    before = meaning()
    result = revert(officer, batch.pk)
    assert [(r.sheet, r.number) for r in result.rows] == [("Buổi học", 2), ("Khóa học", 2)]
    assert meaning() == before


def test_what_the_command_wrote_can_be_taken_back(officer):
    person("HD-0001"), person("HD-0002")
    before = meaning()
    bring_in(everything())
    assert revert(officer, ImportBatch.objects.get().pk).code == "reverted"
    assert meaning() == before


def test_a_credit_that_shrank_the_attendance_of_others_grows_it_back(officer):
    an = person("HD-0001")
    made = session(course("KNS", topics=[1, 3]), code="KNS-01", on=D(2026, 3, 10), state="confirmed")
    attended(an, made)
    batch = previewed(officer, {"Buổi học": [[*SESSION[:5], 60, "xác nhận"]]})
    apply(officer, batch.pk)
    assert Attendance.objects.get().minutes == 60
    revert(officer, batch.pk)
    assert Attendance.objects.get().minutes == 180


# ---- what follows


def test_what_a_file_confirms_is_evidence_and_taken_back_it_is_none(officer):
    an = person("HD-0001")
    person("HD-0002")
    batch = previewed(officer, everything())
    apply(officer, batch.pk)
    shown = CompetencyEvidence.objects.filter(source="KNS-01")
    assert {(one.staff, one.kind, one.level) for one in shown} == {(an, "course", 1)}
    assert shown.count() == 2  # topics 1 and 3
    revert(officer, batch.pk)
    assert shown.filter(kind="course", withdrawal__isnull=True).count() == 0
    assert Session.objects.count() == 0


def test_a_certificate_of_somebody_a_file_marks_absent_is_revoked_and_told(officer):
    made, an, _ba, _cu = room()
    an.user = User.objects.create_user("an")
    an.save()
    attended(an, made)
    certificates.issue(made, officer)
    batch = previewed(officer, {"Điểm danh": [["S", "HD-0001", "", "vắng", None]]})
    apply(officer, batch.pk)
    assert TrainingCertificate.objects.get().certificate.state == "revoked"
    assert Notification.objects.filter(recipient=an.user, event="training.certificate_revoked").count() == 1


def test_people_with_a_seat_hear_that_a_file_calls_the_session_off(officer):
    made = session(course("KNS"), code="S", on=D(2199, 1, 5), state="open")
    an = person("HD-0001", user=User.objects.create_user("an"))
    seat = {"state": "enrolled", "asked_at": timezone.now(), "changed_at": timezone.now()}
    Enrolment.objects.create(session=made, staff=an, **seat)
    batch = previewed(officer, {"Buổi học": [["S", "KNS", D(2199, 1, 5), T(8), T(11), None, "hủy"]]})
    apply(officer, batch.pk)
    told = Notification.objects.filter(recipient=an.user).values_list("event", "link")
    assert list(told) == [("training.cancelled", "/dao-tao/buoi/S/")]


def test_credits_and_exemptions_keep_a_line_of_the_file(officer):
    an, ba = person("HD-0001"), person("HD-0002")
    known = exempt(ba, D(2026, 1, 1), state="requested")
    batch = previewed(officer, everything())
    apply(officer, batch.pk)
    lines = [known.history.values_list("step", "from_state", "to_state", "actor_code")]
    lines += [OutsideCredit.objects.get().history.values_list("step", "from_state", "to_state", "actor_code")]
    assert [list(found) for found in lines] == [
        [("import", "requested", "approved", "HD-0900")],
        [("import", "", "verified", "HD-0900")],
    ]
    assert revert(officer, batch.pk).code == "reverted"
    assert [line.step for line in known.history.all()] == ["import", "revert"]
    assert an.outside_credits.count() == 0


# ---- reading


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(officer, settings):
    bad = io.BytesIO("Tên;Năm\nK;Khóa".encode())
    batch = begin(officer, bad, "x.csv")
    read(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.file.name) == ("failed", "")
    assert batch.problem.startswith("The headings of the text file are those of no sheet.")


def test_reading_goes_on_when_whoever_read_it_fell_silent_and_ends_after_three_attempts(officer, monkeypatch):
    room()
    batch = begin(officer, workbook(SIX), "x.xlsx")
    ImportBatch.objects.filter(pk=batch.pk).update(attempts=1, heard_at=timezone.now())
    batches.take_up(timezone.now())
    batch.refresh_from_db()
    assert batch.state == "reading"  # somebody else reads it
    ImportBatch.objects.filter(pk=batch.pk).update(heard_at=timezone.now() - timedelta(minutes=3))
    batches.take_up(timezone.now())
    batch.refresh_from_db()
    assert (batch.state, batch.attempts) == ("preview", 2)
    other = begin(officer, workbook(SIX), "y.xlsx")
    ImportBatch.objects.filter(pk=other.pk).update(attempts=3, heard_at=timezone.now() - timedelta(minutes=3))
    batches.take_up(timezone.now())
    other.refresh_from_db()
    assert (other.state, other.problem) == (
        "failed",
        "The file could not be read in three attempts. Split it, try again.",
    )


def test_progress_is_said_while_a_long_file_is_read(officer, monkeypatch):
    session(course("KNS"), code="S")
    said = []
    monkeypatch.setattr(batches, "_say", lambda pk, done, total: said.append((done, total)))
    rows = [["S", f"X-{n}", "", "có mặt", None] for n in range(2_100)]
    batch = begin(officer, workbook({"Điểm danh": rows}), "x.xlsx")
    assert batches.is_short(batch) is True or said == []
    read(batch.pk)
    assert said == [(1000, 2100), (2000, 2100), (2100, 2100)]


def test_old_previews_go_with_their_file_and_rows(officer):
    room()
    batch = previewed(officer, SIX)
    batches.drop_old(timezone.now() + timedelta(days=6))
    batch.refresh_from_db()
    assert batch.state == "preview"
    batches.drop_old(timezone.now() + timedelta(days=8))
    batch.refresh_from_db()
    assert (batch.state, batch.file.name, ImportRow.objects.count()) == ("dropped", "", 0)
