"""A report from its period to its acceptance: what is written, logged, owed and told at each step."""

import json
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from editing.canonical import canonical
from notifications.models import Notification
from obligations.clock import run_due
from obligations.models import Obligation
from obligations.reminding import remind_due
from obligations.yearly import ensure_yearly
from people.models import Unit, UnitAssignment, User
from plan.models import (
    Part,
    ProgressNote,
    ReportedValue,
    ReportPeriod,
    ReportVersion,
    TargetDefinition,
    TargetUnit,
    Task,
    TaskUnit,
    UnitReport,
)
from plan.reports import calendar, owing, payload, urging, workflow
from plan.reports.sheet import RESULTS, TARGETS, Sheet
from plan.reports.workflow import Refused
from plan.reports.writing import Conflict, NotEditable, base_of, save_step
from tests.plan.builders import make_plan_ward
from tests.plan.report_builders import LAST_DAY, ask_ad_hoc, at, clock, make_period, report_of, send, write
from tests.standing import standing

pytestmark = pytest.mark.django_db
IN_TIME = at(LAST_DAY, 23, 59, 59)
LATE = at(LAST_DAY + timedelta(days=1))


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


@pytest.fixture
def period(ward):
    return make_period()


@pytest.fixture
def report(ward, period):
    return write(report_of(period, "KTHTDT"), ward.baocaokt)


def owed(report):
    return Obligation.objects.get(kind=owing.REPORT, subject=owing.subject_of(report))


def refused(report, step, user, **data):
    with pytest.raises(Refused) as caught:
        workflow.move(report, step, user, **data)
    return caught.value.answer.reason


def events_of(user):
    """Of the plan alone: a year's training reminds on its own days."""
    rows = Notification.objects.filter(recipient=user, event__startswith="plan.report").order_by("pk")
    return list(rows.values_list("event", flat=True))


def changes(report):
    return list(report.changes.values_list("change", flat=True))


# ---- the calendar


def test_the_calendar_makes_the_period_its_seven_reports_and_what_they_owe(period):
    assert (period.last_day, period.cut_off) == (LAST_DAY, date(2026, 11, 30))
    codes = list(UnitReport.objects.order_by("unit__order").values_list("unit_code", "state"))
    assert codes == [(code, "draft") for code in ("VP", "VHXH", "KTHTDT", "MTTQ", "CA", "DVSNC", "PVHCC")]
    rows = Obligation.objects.filter(kind=owing.REPORT)
    assert {(row.owner, row.due_on, row.fixed) for row in rows} == {
        (code, LAST_DAY, True) for code, _state in codes
    }


def test_a_second_run_changes_nothing_and_what_began_to_lead_owes_a_report_too(ward, period):
    make_period()
    assert ReportPeriod.objects.count() == 1 and UnitReport.objects.count() == 7
    station = Unit.objects.create(code="TYT", name="Trạm Y tế", parent=ward.unit("HD"), order=50)
    TaskUnit.objects.create(task=Task.objects.get(code="G1.1"), unit=station, part=Part.LEAD)
    make_period()
    assert list(UnitReport.objects.exclude(unit_code__in=_seven()).values_list("unit_code", flat=True)) == [
        "TYT"
    ]
    assert Obligation.objects.filter(owner="TYT").count() == 1


def _seven():
    return ("VP", "VHXH", "KTHTDT", "MTTQ", "CA", "DVSNC", "PVHCC")


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        (date(2026, 9, 9), []),
        (date(2026, 9, 10), ["2026-nam"]),  # three months before its last day
        (date(2026, 12, 9), ["2026-nam"]),
        (date(2026, 12, 31), []),  # what is over is not made
        (date(2027, 3, 11), ["2027-6-thang"]),
        (date(2028, 11, 1), ["2028-nam", "2028-so-ket"]),
        (date(2030, 12, 9), ["2030-nam", "2030-tong-ket"]),
    ],
)
def test_a_period_is_opened_once_it_is_near(ward, day, opened):
    with clock(at(day)):
        ensure_yearly(timezone.now())
    assert list(ReportPeriod.objects.order_by("code").values_list("code", flat=True)) == opened


def test_reminders_go_to_the_reporter_and_the_head_and_the_front_is_asked(ward, period):
    for day in range(2, 10):
        remind_due(at(date(2026, 12, day)))
    assert events_of(ward.baocaokt) == ["plan.report_soon"] * 3
    assert events_of(ward.truongkt) == ["plan.report_soon"] * 3
    assert events_of(ward.baocaomttq) == ["plan.report_invited_soon"] * 3
    assert events_of(ward.dieuphoi) == []


def test_nobody_hears_of_a_sent_report_again_and_who_is_late_is_told_further_up(ward, period, report):
    send(report, ward.baocaokt)
    for day in range(10, 20):
        remind_due(at(date(2026, 12, day)))
    late = ["plan.report_late"]
    assert events_of(ward.baocaokt) == []
    assert events_of(ward.baocao) == ["plan.report_overdue"]
    assert events_of(ward.truongdonvi) == ["plan.report_overdue", *late]  # the head of VHXH
    assert events_of(ward.dieuphoi) == ["plan.report_filed", *late * 6]
    assert events_of(ward.lanhdao) == late * 6


def test_a_worker_that_stood_still_over_the_last_day_reminds_once(ward, period):
    remind_due(at(date(2026, 12, 1)))
    Notification.objects.all().delete()
    for _run in range(3):
        remind_due(at(date(2026, 12, 10)))
    assert events_of(ward.baocaovp) == ["plan.report_overdue"]


def test_where_the_last_day_is_a_day_off_reminders_name_the_working_day_before(ward, settings):
    period = ask_ad_hoc(ward.dieuphoi, [ward.unit("VP")], last_day=date(2026, 11, 29))  # a Sunday
    remind_due(at(date(2026, 11, 24)))
    told = Notification.objects.get(recipient=ward.baocaovp, event="plan.report_soon")
    assert told.params["due"] == "27/11/2026"
    report = write(report_of(period, "VP"), ward.baocaovp)
    assert not send(report, ward.baocaovp, now=at(date(2026, 11, 29), 23, 59)).is_late


# ---- sending


def test_sending_freezes_values_hash_and_roll(ward, period, report):
    sent = send(report, ward.baocaokt)
    version = sent.versions.get()
    frozen = version.payload
    assert version.sha256 == payload.digest(frozen)
    assert set(frozen) == {
        "format",
        "period",
        "unit",
        "submitted_at",
        "by",
        "is_late",
        "targets",
        "tasks",
        "results",
        "difficulties",
        "next",
        "roll",
    }
    assert frozen["unit"] == {"code": "KTHTDT", "name": "Phòng Kinh tế, Hạ tầng và Đô thị phường"}
    assert (frozen["by"], frozen["is_late"]) == ("Đặng Văn Kiên", False)
    assert frozen["roll"] | {"rows": len(frozen["roll"]["rows"])} == {
        "on": "2026-12-01",
        "people": 3,
        "by_category": {"CC": 3},
        "rows": 3,
    }
    assert (sent.state, sent.submitted_at, sent.is_late) == ("submitted", version.submitted_at, False)
    assert changes(sent) == ["submitted"]
    assert owed(sent).state == "done"
    assert events_of(ward.dieuphoi) == ["plan.report_filed"]


def test_figures_become_values_of_the_cut_off_and_tasks_their_progress(ward, period, report):
    before = ReportedValue.objects.count()
    send(report, ward.baocaokt)
    rows = [row for row in Sheet.of(report).targets if row.is_typed]
    assert rows and ReportedValue.objects.count() - before == len(rows)
    value = next(row.value for row in rows if row.is_share)
    assert (value.numerator, value.denominator) == (Decimal(80), Decimal(100))
    assert (value.as_of, value.year, value.by_name) == (period.cut_off, 2026, "Đặng Văn Kiên")
    task = Task.objects.get(code="U3.2")
    assert (task.state, task.percent) == ("doing", 40)
    assert list(ProgressNote.objects.filter(task=task).values_list("done", "next")) == [
        ("Đã ban hành kế hoạch.", "")
    ]


def test_what_was_left_as_known_is_not_written_again_and_keeps_its_day(ward, period, report):
    row = next(row for row in Sheet.of(report).targets if row.is_share and row.is_typed)
    known = ReportedValue.objects.create(
        target=row.target,
        definition=row.definition,
        unit=row.unit,
        year=2026,
        as_of=date(2026, 10, 31),
        numerator=80,
        denominator=100,
        by=ward.baocaokt,
        by_name="Đặng Văn Kiên",
        at=at(date(2026, 11, 1)),
    )
    send(report, ward.baocaokt)
    assert list(ReportedValue.objects.filter(target=row.target)) == [known]
    entry = _entry(report, row.target.code)
    assert (entry["as_of"], entry["numerator"], entry["value"]) == ("2026-10-31", "80", "80")


def _entry(report, code):
    return next(one for one in report.versions.get().payload["targets"] if one["code"] == code)


def test_nothing_out_of_nothing_is_nothing_to_count(ward, period):
    report = report_of(period, "KTHTDT")
    row = next(row for row in Sheet.of(report).targets if row.is_share and row.is_typed)
    write(report, ward.baocaokt, **{f"{row.key}n": "0", f"{row.key}d": "0"})
    send(report, ward.baocaokt)
    entry = _entry(report, row.target.code)
    assert (entry["value"], entry["denominator"], entry["standing"]) == (None, "0", "nothing")


def test_the_last_second_is_in_time_and_the_next_is_late_with_a_reason(ward, period, report):
    other = write(report_of(period, "VP"), ward.baocaovp)
    assert not send(report, ward.baocaokt, now=IN_TIME).is_late
    midnight = at(LAST_DAY + timedelta(days=1), 0, 0, 0)
    assert refused(other, "submit", ward.baocaovp, now=midnight) == "late_reason_missing"
    assert refused(other, "submit", ward.baocaovp, now=midnight, reason="  ") == "late_reason_missing"
    sent = send(other, ward.baocaovp, now=midnight, reason="Chờ số liệu của ngành.")
    assert sent.is_late and sent.versions.get().payload["is_late"]
    line = sent.changes.get(change="submitted")
    assert (line.note, line.data["late"]) == ("Chờ số liệu của ngành.", True)


def test_who_may_send(ward, period, report):
    for who in ("baocao", "dieuphoi", "lanhdao", "canbo", "truongdonvi"):
        assert refused(report, "submit", getattr(ward, who)) == "only_writers"
    assert send(report, ward.truongkt).versions.get().by_name == "Ngô Thị Kim"


def test_what_is_missing_keeps_it_from_being_sent_and_nothing_is_written(ward, period):
    report = report_of(period, "KTHTDT")
    assert refused(report, "submit", ward.baocaokt) == "incomplete"
    assert not ReportVersion.objects.exists() and not ReportedValue.objects.exists()


def test_a_report_changed_since_the_page_was_drawn_is_not_sent(ward, period, report):
    seen = report.edit_version
    save_step(report, ward.truongkt, RESULTS, {"results": "Khác."}, base_of(Sheet.of(report), RESULTS))
    assert refused(report, "submit", ward.baocaokt, seen=seen) == "changed"


def test_a_frozen_report_is_what_it_was_whatever_becomes_of_the_data(ward, period, report):
    sent = send(report, ward.baocaokt)
    before = ReportVersion.objects.get(report=sent)
    text = canonical(before.payload)
    Unit.objects.filter(code="KTHTDT").update(name="Phòng Kinh tế", code="KT")
    Task.objects.update(text="Khác hẳn", state="done", percent=100)
    TargetUnit.objects.all().delete()
    UnitAssignment.objects.filter(staff=ward.baocaokt.staff).delete()
    User.objects.filter(pk=ward.baocaokt.pk).delete()
    after = ReportVersion.objects.get(report=sent)
    assert canonical(after.payload) == text and after.sha256 == before.sha256 == payload.digest(after.payload)
    assert (after.by, after.by_name) == (None, "Đặng Văn Kiên")
    sent.refresh_from_db()
    assert (sent.unit_code, sent.unit_name) == ("KTHTDT", "Phòng Kinh tế, Hạ tầng và Đô thị phường")
    json.loads(text)


# ---- the coordinator


def test_returned_twice_and_accepted_each_sending_is_a_version(ward, period, report):
    first_due, second_due = date(2026, 12, 14), date(2026, 12, 18)
    send(report, ward.baocaokt)
    workflow.move(
        report, "send_back", ward.dieuphoi, reason="Thiếu số liệu.", resend_by=first_due, now=IN_TIME
    )
    assert (owed(report).state, owed(report).due_on) == ("open", first_due)
    assert events_of(ward.baocaokt)[-1] == "plan.report_returned"
    send(report, ward.baocaokt, now=at(first_due, 23, 59, 59))
    workflow.move(
        report, "send_back", ward.dieuphoi, reason="Còn thiếu.", resend_by=second_due, now=at(second_due)
    )
    sent = send(report, ward.baocaokt, now=at(second_due))
    assert not sent.is_late
    done = workflow.move(report, "accept", ward.dieuphoi, now=at(second_due))
    assert (done.state, done.versions.count()) == ("accepted", 3)
    assert changes(done) == ["submitted", "returned", "submitted", "returned", "submitted", "accepted"]
    assert owed(done).state == "done"


def test_sent_again_after_its_day_is_late_too(ward, period, report):
    send(report, ward.baocaokt)
    due = date(2026, 12, 14)
    workflow.move(report, "send_back", ward.dieuphoi, reason="Thiếu.", resend_by=due, now=IN_TIME)
    after = at(due + timedelta(days=1))
    assert refused(report, "submit", ward.baocaokt, now=after) == "late_reason_missing"
    assert send(report, ward.baocaokt, now=after, reason="Bận.").is_late


def test_an_accepted_report_is_reopened_by_its_own_step_with_a_reason(ward, period, report):
    send(report, ward.baocaokt)
    workflow.move(report, "accept", ward.dieuphoi, now=at(date(2026, 12, 2), 8))
    assert refused(report, "send_back", ward.dieuphoi, reason="x", resend_by=LAST_DAY) == "wrong_state"
    assert refused(report, "reopen", ward.dieuphoi, resend_by=LAST_DAY) == "reason_missing"
    assert refused(report, "reopen", ward.dieuphoi, reason="Sai số liệu") == "resend_by_missing"
    past = date(2020, 1, 1)
    assert refused(report, "reopen", ward.dieuphoi, reason="Sai", resend_by=past) == "resend_by_past"
    now = at(date(2026, 12, 2))
    opened = workflow.move(report, "reopen", ward.dieuphoi, reason="Sai số liệu", resend_by=LAST_DAY, now=now)
    assert (opened.state, opened.accepted_at) == ("returned", None)
    assert changes(opened) == ["submitted", "accepted", "reopened"]
    assert owed(opened).state == "open"


@pytest.mark.parametrize("step", ["accept", "send_back", "reopen", "excuse", "ask_again"])
def test_only_the_coordinator_decides(ward, period, report, step):
    state = {"accept": "submitted", "send_back": "submitted", "reopen": "accepted", "ask_again": "excused"}
    UnitReport.objects.filter(pk=report.pk).update(state=state.get(step, "draft"))
    report.refresh_from_db()
    for who in ("baocaokt", "truongkt", "lanhdao", "canbo"):
        assert refused(report, step, getattr(ward, who), reason="x") == "only_coordinators"


def test_a_relieved_unit_owes_nothing_and_another_takes_over(ward, period):
    report, other = report_of(period, "CA"), report_of(period, "VP")
    before = len(Sheet.of(other).tasks)
    done = workflow.move(
        report, "excuse", ward.dieuphoi, reason="Sáp nhập từ 01/12.", successor=ward.unit("VP")
    )
    assert (done.state, done.taken_over_by_name) == ("excused", ward.unit("VP").name)
    assert owed(done).state == "cancelled"
    assert changes(other) == ["took_over"]
    assert len(Sheet.of(other).tasks) > before
    make_period()
    assert owed(done).state == "cancelled"  # the calendar does not bring it back
    again = workflow.move(done, "ask_again", ward.dieuphoi, reason="Không sáp nhập nữa.")
    assert (again.state, again.taken_over_by, owed(again).state) == ("draft", None, "open")
    assert len(Sheet.of(other).tasks) == before


def test_a_successor_that_owed_nothing_before_owes_the_report(ward, period):
    station = Unit.objects.create(code="TYT", name="Trạm Y tế", parent=ward.unit("HD"), order=50)
    workflow.move(
        report_of(period, "CA"), "excuse", ward.dieuphoi, reason="Chuyển nhiệm vụ.", successor=station
    )
    assert owed(report_of(period, "TYT")).owner == "TYT"
    own = report_of(period, "DVSNC")
    assert refused(own, "excuse", ward.dieuphoi, reason="x", successor=own.unit) == "same_unit"
    gone = ward.unit("CA")
    assert refused(own, "excuse", ward.dieuphoi, reason="x", successor=gone) == "successor_excused"


def test_a_unit_that_got_another_code_owes_under_it_and_sends_under_its_new_name(ward, period, report):
    Unit.objects.filter(code="KTHTDT").update(code="KT", name="Phòng Kinh tế phường")
    make_period()
    rows = Obligation.objects.filter(subject=owing.subject_of(report)).order_by("pk")
    assert [(row.owner, row.state) for row in rows] == [("KTHTDT", "cancelled"), ("KT", "open")]
    sent = send(report, ward.baocaokt)
    assert sent.versions.get().payload["unit"] == {"code": "KT", "name": "Phòng Kinh tế phường"}
    assert sent.unit_code == "KT"
    assert not Obligation.objects.open().filter(subject=owing.subject_of(report)).exists()


# ---- urging, periods


def test_urging_reaches_whoever_is_missing_once_a_day(ward, period, report):
    send(report, ward.baocaokt)
    today = at(date(2026, 12, 4))
    assert urging.urge(period, ward.dieuphoi, now=today) == 6
    assert events_of(ward.baocaovp) == ["plan.report_urged"]
    assert events_of(ward.baocaomttq) == ["plan.report_invited_urged"]
    assert events_of(ward.baocaokt) == []
    with pytest.raises(Refused) as caught:
        urging.urge(period, ward.dieuphoi, now=today + timedelta(hours=5))
    assert caught.value.answer.reason == "already_urged"
    assert urging.urge(period, ward.dieuphoi, now=today + timedelta(days=1)) == 6
    with pytest.raises(Refused):
        urging.urge(period, ward.lanhdao, now=today + timedelta(days=3))


def _asked(period, **changed):
    names = ("title", "from_day", "to_day", "cut_off", "last_day", "instructions")
    return calendar.Asked(**({name: getattr(period, name) for name in names} | changed))


def test_a_moved_last_day_is_owed_anew_told_and_reminded_again(ward, period, report):
    remind_due(at(date(2026, 12, 2)))
    first = owed(report).version
    moved = date(2026, 12, 16)
    with clock(at(date(2026, 12, 3))):
        calendar.change_period(ward.dieuphoi, period, _asked(period, last_day=moved), "Chờ số liệu.")
    assert (owed(report).due_on, owed(report).version) == (moved, first + 1)
    remind_due(at(date(2026, 12, 9)))
    assert events_of(ward.baocaokt) == ["plan.report_soon", "plan.report_moved", "plan.report_soon"]
    line = report.changes.get()
    assert (line.change, line.data) == ("day_moved", {"last_day": ["2026-12-09", "2026-12-16"]})
    make_period()
    assert owed(report).due_on == moved  # the calendar keeps what the office set


def test_the_cut_off_stays_once_a_report_is_in(ward, period, report):
    later = date(2026, 12, 1)
    calendar.change_period(ward.dieuphoi, period, _asked(period, cut_off=later), "Theo kỳ số liệu.")
    period.refresh_from_db()
    assert period.cut_off == later
    send(report, ward.baocaokt)
    with pytest.raises(calendar.Refused) as caught:
        calendar.change_period(ward.dieuphoi, period, _asked(period, cut_off=date(2026, 11, 30)), "Lại.")
    assert caught.value.code == "cut_off_used"


def test_an_ad_hoc_report_is_owed_by_the_units_chosen(ward):
    period = ask_ad_hoc(ward.dieuphoi, [ward.unit("VP"), ward.unit("MTTQ")])
    assert period.code == "2026-dot-xuat-1"
    assert {row.owner for row in Obligation.objects.filter(kind=owing.REPORT)} == {"VP", "MTTQ"}
    assert events_of(ward.baocaovp) == ["plan.report_asked"]
    with pytest.raises(calendar.Refused) as caught:
        ask_ad_hoc(ward.dieuphoi, [ward.unit("VP")], last_day=date(2026, 11, 1))
    assert caught.value.code == "last_day_past"
    make_period()
    assert UnitReport.objects.filter(period=period).count() == 2


# ---- two people


def test_two_people_in_one_report_see_the_clash(ward, period):
    report = report_of(period, "KTHTDT")
    base = base_of(Sheet.of(report), RESULTS)
    save_step(report, ward.baocaokt, RESULTS, {"results": "Của người báo cáo"}, base)
    with pytest.raises(Conflict) as caught:
        save_step(report, ward.truongkt, RESULTS, {"results": "Của trưởng phòng"}, base)
    clash = caught.value.clashes[0]
    assert (clash.mine, clash.theirs) == ("Của trưởng phòng", "Của người báo cáo")
    assert caught.value.by == "Đặng Văn Kiên"


def test_what_nobody_touched_follows_the_data_until_it_is_sent(ward, period):
    report = report_of(period, "KTHTDT")
    row = next(row for row in Sheet.of(report).targets if row.is_share and row.is_typed)
    base = base_of(Sheet.of(report), TARGETS)
    ReportedValue.objects.create(
        target=row.target,
        definition=row.definition,
        unit=row.unit,
        year=2026,
        as_of=date(2026, 11, 1),
        numerator=5,
        denominator=10,
        by_name="Ai đó",
        at=at(date(2026, 11, 2)),
    )
    save_step(report, ward.baocaokt, TARGETS, {f"{row.key}n": "", f"{row.key}note": "Đang rà soát"}, base)
    report.refresh_from_db()
    assert Sheet.of(report).value(f"{row.key}n") == "5"
    assert report.answers == {f"{row.key}note": "Đang rà soát"}


def test_a_sent_report_takes_no_more_words(ward, period, report):
    send(report, ward.baocaokt)
    with pytest.raises(NotEditable):
        save_step(report, ward.baocaokt, RESULTS, {"results": "Muộn"}, {})


def test_a_new_definition_asks_for_the_figure_anew(ward, period, report):
    row = next(row for row in Sheet.of(report).targets if row.is_share and row.is_typed)
    send(report, ward.baocaokt)
    values = {
        field.name: getattr(row.definition, field.name)
        for field in TargetDefinition._meta.fields
        if field.name not in ("id", "version", "in_force_on")
    }
    TargetDefinition.objects.create(version=2, in_force_on=date(2026, 11, 1), **values)
    fresh = next(one for one in Sheet.of(report).targets if one.key == row.key)
    assert fresh.value is None and fresh.definition.version == 2


def test_the_whole_clock_runs(ward):
    with clock(at(date(2026, 11, 20))):
        outcome = run_due(timezone.now(), all_jobs=True)
    assert outcome["obligations.yearly"] is outcome["obligations.remind"] is None
    assert UnitReport.objects.count() == 7
