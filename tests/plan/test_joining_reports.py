"""A sent report goes through the doors of targets and tasks: their rules, history, notices and debts hold."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Notification
from obligations.models import Obligation
from plan.models import (
    Part,
    ProgressNote,
    ReportedValue,
    TargetChange,
    Task,
    TaskChange,
    TaskUnit,
    UnitReport,
)
from plan.reports import workflow
from plan.reports.sheet import TARGETS, TASKS, Sheet
from plan.reports.workflow import Refused
from plan.reports.writing import base_of, save_step
from plan.targets import reporting
from plan.targets.figures import Figure
from plan.tasks import planning, progress
from plan.tasks.owing import TASK
from plan.tasks.planning import Planned
from plan.tasks.progress import Reported
from portal.models import ContentStamp

from .builders import make_plan_ward
from .report_builders import at, clock, make_period, report_of, send, write

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 12, 1))


@pytest.fixture
def ward():
    with clock(at(date(2026, 11, 20))):
        yield make_plan_ward()


@pytest.fixture
def period(ward):
    return make_period()


@pytest.fixture
def report(ward, period):
    return write(report_of(period, "KTHTDT"), ward.baocaokt)


def share(report):
    return next(row for row in Sheet.of(report).targets if row.is_typed and row.is_share)


def own_task(report, code="U3.2"):
    return next(row for row in Sheet.of(report).tasks if row.task.code == code)


def known(ward, row, numerator, day, now):
    """A figure typed at the target itself, before the report is sent."""
    figure = Figure(day, Decimal(numerator), Decimal(100), source="Sổ theo dõi")
    return reporting.report(row.target, row.unit, 2026, ward.baocaokt, figure, now=now)


def figures(row):
    found = ReportedValue.objects.filter(target=row.target).order_by("pk")
    return list(found.values_list("numerator", "as_of", "source", "reason"))


def history(row):
    return list(TargetChange.objects.filter(target=row.target).values_list("change", "note", "actor_name"))


# ---- figures


def test_a_figure_stands_in_the_history_of_its_target_and_raises_the_stamp(ward, period, report):
    row, before = share(report), ContentStamp.objects.count()
    send(report, ward.baocaokt, now=NOW)
    value = ReportedValue.objects.get(target=row.target)
    assert figures(row) == [(80, date(2026, 11, 30), period.title, "")]
    told = "Theo báo cáo năm 2026"
    assert history(row) == [("value_reported", told, "Đặng Văn Kiên")]
    assert TargetChange.objects.get(target=row.target).data == {
        "unit": row.unit.name,
        "year": 2026,
        "value": value.pk,
    }
    assert ContentStamp.objects.count() > before


def test_a_figure_of_the_same_day_is_corrected_with_the_report_as_its_reason(ward, period, report):
    row = share(report)
    known(ward, row, 75, date(2026, 11, 30), NOW)
    send(report, ward.baocaokt, now=NOW)
    told = "Theo báo cáo năm 2026"
    assert figures(row) == [
        (75, date(2026, 11, 30), "Sổ theo dõi", ""),
        (80, date(2026, 11, 30), period.title, told),
    ]
    assert [change for change, *_rest in history(row)] == ["value_reported", "value_corrected"]


def test_an_older_figure_is_followed_by_a_newer_one_which_corrects_nothing(ward, period, report):
    row = share(report)
    known(ward, row, 75, date(2026, 10, 31), at(date(2026, 11, 1)))
    send(report, ward.baocaokt, now=NOW)
    assert figures(row)[-1] == (80, date(2026, 11, 30), period.title, "")
    assert [change for change, *_rest in history(row)] == ["value_reported", "value_updated"]


def test_a_figure_as_of_a_later_day_stays_the_one_that_counts(ward, period, report):
    row = share(report)
    known(ward, row, 90, date(2026, 12, 2), at(date(2026, 12, 2)))
    sent = send(report, ward.baocaokt, now=at(date(2026, 12, 3)))
    assert [number for number, *_rest in figures(row)] == [90]
    entry = next(one for one in sent.versions.get().payload["targets"] if one["code"] == row.target.code)
    assert (entry["numerator"], entry["as_of"]) == ("80", "2026-11-30")


def test_after_the_yearly_report_was_accepted_the_history_says_so(ward, period, report):
    row = share(report)
    send(report, ward.baocaokt, now=NOW)
    workflow.move(report, "accept", ward.dieuphoi, now=NOW)
    workflow.move(report, "reopen", ward.dieuphoi, reason="Sai số liệu", resend_by=date(2026, 12, 9), now=NOW)
    report.refresh_from_db()
    save_step(report, ward.baocaokt, TARGETS, {f"{row.key}n": "81"}, base_of(Sheet.of(report), TARGETS), NOW)
    send(report, ward.baocaokt, now=NOW)
    assert [change for change, *_rest in history(row)] == ["value_reported", "value_corrected"]
    assert [number for number, *_rest in figures(row)] == [80, 81]


def test_what_the_door_of_the_targets_refuses_keeps_the_report_from_being_sent(ward, period, report):
    row = share(report)
    period.cut_off = date(2027, 1, 31)  # nothing is to be told of a year that has not begun
    period.save()
    with pytest.raises(Refused) as caught:
        send(report, ward.baocaokt, now=NOW)
    answer = caught.value.answer
    assert (answer.reason, answer.params["code"] != "") == ("not_taken", True)
    assert not ReportedValue.objects.filter(target=row.target).exists()
    report.refresh_from_db()
    assert report.state == "draft"


def test_a_unit_that_took_another_s_report_over_passes_its_figures_on_too(ward, period):
    workflow.move(
        report_of(period, "CA"), "excuse", ward.dieuphoi, reason="Sáp nhập.", successor=ward.unit("KTHTDT")
    )
    led = Task.objects.filter(parts__unit__code="CA", parts__part="lead", parts__is_suggested=False).first()
    report = write(report_of(period, "KTHTDT"), ward.baocaokt)
    send(report, ward.baocaokt, now=NOW)
    note = ProgressNote.objects.get(task=led)
    assert (note.unit_name, note.by_name) == (ward.unit("CA").name, "Đặng Văn Kiên")


# ---- tasks


def test_progress_is_a_note_in_the_task_s_own_history(ward, period, report):
    send(report, ward.baocaokt, now=NOW)
    task = Task.objects.get(code="U3.2")
    note = ProgressNote.objects.get(task=task)
    assert (note.state, note.percent, note.done, note.next) == ("doing", 40, "Đã ban hành kế hoạch.", "")
    assert (note.unit_name, note.by_name) == (ward.unit("KTHTDT").name, "Đặng Văn Kiên")
    line = TaskChange.objects.get(task=task)
    assert (line.change, line.note) == ("progress", "Theo báo cáo năm 2026")
    assert line.data == {"state": "doing", "percent": 40, "report": report.pk}
    assert (task.state, task.percent) == ("doing", 40)


def test_a_task_reported_as_done_is_owed_no_more_and_the_coordinator_is_told(ward, period):
    task = Task.objects.get(code="U3.2")
    planning.edit(task, ward.dieuphoi, Planned(due_on=date(2026, 12, 20)), seen=task.edit_version)
    debt = Obligation.objects.get(kind=TASK, subject=f"task:{task.pk}")
    assert debt.state == "open"
    report = report_of(period, "KTHTDT")
    key = own_task(report).key
    write(report, ward.baocaokt, **{f"{key}state": "done", f"{key}percent": "100"})
    send(report, ward.baocaokt, now=NOW)
    debt.refresh_from_db()
    assert debt.state == "done"
    told = Notification.objects.filter(recipient=ward.dieuphoi, event="plan.task_done")
    assert [row.subject for row in told] == ["U3.2"]


def test_sent_again_unchanged_nothing_is_noted_twice(ward, period, report):
    send(report, ward.baocaokt, now=NOW)
    before = (ProgressNote.objects.count(), ReportedValue.objects.count(), TaskChange.objects.count())
    workflow.move(
        report, "send_back", ward.dieuphoi, reason="Thiếu nguồn.", resend_by=date(2026, 12, 9), now=NOW
    )
    send(report, ward.baocaokt, now=NOW)
    after = (ProgressNote.objects.count(), ReportedValue.objects.count(), TaskChange.objects.count())
    assert after == before


def test_a_task_that_is_done_asks_for_no_progress(ward, period):
    task = Task.objects.get(code="U3.2")
    progress.report(task, ward.baocaokt, Reported("done", 100, "Xong"), seen=task.edit_version)
    report = report_of(period, "KTHTDT")
    row = own_task(report)
    assert not row.is_typed and f"{row.key}state" not in row.fields()
    write(report, ward.baocaokt)
    sent = send(report, ward.baocaokt, now=NOW)
    entry = next(one for one in sent.versions.get().payload["tasks"] if one["code"] == "U3.2")
    assert (entry["state"], entry["percent"]) == ("done", 100)
    assert ProgressNote.objects.filter(task=task).count() == 1


def test_the_step_is_filled_with_the_last_note_of_the_period(ward, period):
    task = Task.objects.get(code="U3.2")
    for done, following, day in (
        ("Năm trước", "Cũ", date(2025, 12, 1)),
        ("Đã họp", "Sẽ tập huấn", date(2026, 11, 1)),
        ("Đã tập huấn hai lớp", "Tập huấn lớp ba", date(2026, 11, 20)),
        ("Sau ngày chốt", "Muộn", date(2026, 12, 1)),
    ):
        task.refresh_from_db()
        note = Reported("doing", 40, done, following)
        progress.report(task, ward.baocaokt, note, seen=task.edit_version, now=at(day))
    row = own_task(report_of(period, "KTHTDT"))
    assert (row.done, row.next) == ("Đã tập huấn hai lớp", "Tập huấn lớp ba")
    assert {row.key + "done", row.key + "next"} <= set(Sheet.of(report_of(period, "KTHTDT")).names(TASKS))


def test_the_note_of_another_unit_that_leads_as_well_is_not_this_one_s_words(ward, period):
    task = Task.objects.get(code="U3.2")
    TaskUnit.objects.create(task=task, unit=ward.unit("VHXH"), part=Part.LEAD)
    note = Reported("doing", 40, "Việc của Văn hóa", "")
    progress.report(task, ward.baocao, note, seen=task.edit_version, now=at(date(2026, 11, 20)))
    assert own_task(report_of(period, "KTHTDT")).done == ""
    assert own_task(report_of(period, "VHXH")).done == "Việc của Văn hóa"


def test_who_is_told_to_co_operate_where_nobody_leads_reports_how_far_it_is(ward, period):
    led = TaskUnit.objects.filter(part=Part.LEAD, is_suggested=False).values("task")
    part = TaskUnit.objects.exclude(task__in=led).filter(is_suggested=False).select_related("unit").first()
    mine = UnitReport.objects.filter(period=period, unit=part.unit).first()
    row = next(one for one in Sheet.of(mine).tasks if one.task.pk == part.task_id)
    assert (row.part, row.does, row.is_typed) == (Part.COORDINATE, True, True)


def test_a_part_that_is_only_proposed_is_not_reported_on(ward, period):
    task = Task.objects.filter(parts=None).first()
    TaskUnit.objects.create(task=task, unit=ward.unit("KTHTDT"), part=Part.LEAD, is_suggested=True)
    codes = [row.task.code for row in Sheet.of(report_of(period, "KTHTDT")).tasks]
    assert codes and task.code not in codes


# ---- queries


def test_sending_asks_as_much_for_a_few_tasks_and_figures_as_for_thirty(ward, period):
    def sent(code, user):
        report = write(report_of(period, code), user)
        with CaptureQueriesContext(connection) as captured:
            send(report, user, now=NOW)
        return len(captured)

    few = sent("KTHTDT", ward.baocaokt)
    unit = ward.unit("VP")
    for task in Task.objects.exclude(parts__unit=unit)[:30]:
        TaskUnit.objects.create(task=task, unit=unit, part=Part.LEAD)
    many = sent("VP", ward.baocaovp)
    assert len(Sheet.of(report_of(period, "VP")).tasks) > 30
    assert many == few
