"""A day off announced or taken back after terms began: the dossier's row, what is owed, who is told agree."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas import complaints, workflow
from ideas.models import Complaint, HistoryEntry, Idea, Initiative
from notifications.models import Notification
from obligations.days_off import announce_day, withdraw_day
from obligations.models import Obligation
from obligations.reminding import remind_due
from obligations.stages import moment_of

from . import builders, suggestion_builders
from .clock_builders import accepted, at, submitted, ward_at

pytestmark = pytest.mark.django_db

BEGAN = at(date(2026, 11, 9))
PLAIN = date(2026, 12, 9)  # a month later, a Wednesday
MOVED = date(2026, 12, 10)
ANNOUNCED = at(date(2026, 11, 16))


def announce(day=PLAIN, works=False, now=ANNOUNCED):
    return announce_day(day, works=works, note="TB 12/TB-UBND", by="Quản trị", now=now)


def truth(kind="ideas.formality"):
    """The day on the dossier's row, and the open obligation's day and version."""
    field = f"{kind.partition('.')[2]}_due_on"
    row = Obligation.objects.open().get(kind=kind)
    initiative = Initiative.objects.get(pk=int(row.subject.partition(":")[2]))
    return getattr(initiative, field), row.due_on, row.version


def told():
    rows = Notification.objects.filter(event="ideas.term_moved").order_by("pk")
    return [(row.recipient.username, row.params["due"]) for row in rows]


def test_a_day_off_announced_and_taken_back_moves_the_row_and_what_is_owed_there_and_back():
    ward = ward_at(BEGAN)
    initiative = submitted(ward, BEGAN)
    assert truth() == (PLAIN, PLAIN, 1)
    row = announce()
    assert truth() == (MOVED, MOVED, 2)
    assert told() == [("thuky", "10/12/2026")]
    withdraw_day(row.pk, by="Quản trị", now=at(date(2026, 11, 20)))
    assert truth() == (PLAIN, PLAIN, 3)
    assert told() == [("thuky", "10/12/2026"), ("thuky", "09/12/2026")]
    lines = HistoryEntry.objects.filter(initiative=initiative, transition="term_moved").order_by("pk")
    assert [line.details for line in lines] == [
        {"formality_due_on": ["2026-12-09", "2026-12-10"]},
        {"formality_due_on": ["2026-12-10", "2026-12-09"]},
    ]


def test_a_working_day_announced_and_taken_back_moves_it_the_other_way():
    ward = ward_at(BEGAN)
    began = at(date(2026, 11, 12))  # a month later is Saturday 12/12
    submitted(ward, began)
    assert truth()[0] == date(2026, 12, 14)
    row = announce(date(2026, 12, 12), works=True)
    assert truth() == (date(2026, 12, 12), date(2026, 12, 12), 2)
    withdraw_day(row.pk, by="Quản trị", now=at(date(2026, 11, 20)))
    assert truth() == (date(2026, 12, 14), date(2026, 12, 14), 3)


def test_reminders_of_the_new_day_go_anew_and_those_of_the_old_do_not():
    ward = ward_at(BEGAN)
    submitted(ward, BEGAN)
    remind_due(moment_of(PLAIN - timedelta(days=7)))
    announce(now=at(PLAIN - timedelta(days=5)))
    for day in range(-5, 3):
        remind_due(moment_of(PLAIN + timedelta(days=day)))
    rows = Notification.objects.filter(event__startswith="ideas.formality_").order_by("pk")
    assert [(r.event.rpartition("_")[2], r.params["due"]) for r in rows] == [
        ("due", "09/12/2026"),
        ("due", "10/12/2026"),
        ("due", "10/12/2026"),
        ("overdue", "10/12/2026"),
        ("escalated", "10/12/2026"),
    ]


@pytest.mark.parametrize("back", [False, True])
def test_every_running_clock_moves_and_what_is_done_stays(back):
    """A supplement, a decision, scoring with the decision, a complaint, an idea; and a checked dossier."""
    ward = ward_at(BEGAN)
    checked = accepted(ward, BEGAN, title="Đã kiểm tra")
    supplement = workflow.move(
        submitted(ward, BEGAN, title="Chờ bổ sung"), "request_supplement", ward.thuky, now=BEGAN, reason="x"
    )
    scored = workflow.move(
        accepted(ward, at(date(2026, 10, 12)), title="Đang chấm"), "start_evaluation", ward.thuky, now=BEGAN
    )
    complaint = Complaint.objects.create(
        initiative=submitted(ward, BEGAN, title="Bị khiếu nại"),
        complainant="A",
        text="x",
        against_state="refused",
        filed_on=date(2026, 11, 29),
        take_up_due_on=PLAIN,
    )
    idea = suggestion_builders.sent(at(date(2026, 11, 17)))
    decision_day = scored.decision_due_on
    assert decision_day == date(2027, 1, 12) and idea.answer_due_on == PLAIN
    done = dict(Obligation.objects.filter(state="done").values_list("pk", "due_on"))
    rows = [announce(), announce(decision_day)]
    if back:
        for row in rows:
            withdraw_day(row.pk, by="Quản trị", now=at(date(2026, 11, 20)))

    def now(row):
        return type(row).objects.get(pk=row.pk)

    one, other = (PLAIN, decision_day) if back else (MOVED, date(2027, 1, 13))
    assert now(supplement).supplement_due_on == one
    assert now(complaint).take_up_due_on == one
    assert now(idea).answer_due_on == one
    assert now(scored).decision_due_on == other
    assert now(checked).formality_due_on == PLAIN  # it was checked: that day is history
    days = {(row.kind, row.due_on) for row in Obligation.objects.open()}
    assert {
        ("ideas.supplement", one),
        ("ideas.scoring", other),
        ("ideas.decision", other),
        ("ideas.answer_idea", one),
    } <= days
    assert dict(Obligation.objects.filter(state="done").values_list("pk", "due_on")) == done


def test_a_day_chosen_by_the_council_does_not_move():
    ward = ward_at(BEGAN)
    asked = workflow.move(submitted(ward, BEGAN), "request_supplement", ward.thuky, now=BEGAN, reason="x")
    Initiative.objects.filter(pk=asked.pk).update(supplement_kind="council", supplement_from=None)
    announce()
    assert Initiative.objects.get(pk=asked.pk).supplement_due_on == PLAIN


def test_a_term_never_ends_overnight_because_a_day_off_was_taken_back():
    ward = ward_at(BEGAN)
    workflow.move(submitted(ward, BEGAN), "request_supplement", ward.thuky, now=BEGAN, reason="x")
    rows = [announce(PLAIN + timedelta(days=n)) for n in (0, 1, 2)]  # to Friday: the term ends on Monday
    monday = date(2026, 12, 14)
    assert truth("ideas.supplement")[0] == monday
    thursday = at(date(2026, 12, 10), "23:59:59")
    for row in rows:
        withdraw_day(row.pk, by="Quản trị", now=thursday)
    assert truth("ideas.supplement")[0] == date(2026, 12, 11)  # the author keeps the next working day
    assert workflow.expire_overdue(thursday) == []


def test_an_overdue_day_stays_where_it_was():
    ward = ward_at(BEGAN)
    row = announce()
    submitted(ward, BEGAN)
    withdraw_day(row.pk, by="Quản trị", now=at(date(2026, 12, 20)))
    assert truth() == (MOVED, MOVED, 1)
    assert told() == []


def test_a_complaint_about_a_decision_follows_the_days_through_its_own_door():
    ward = builders.make_ward()
    complaint = complaints.file_complaint(
        builders.fresh(builders.declined(ward)), ward.tacgia, text="Chưa đúng"
    )
    due = complaint.take_up_due_on
    announce_day(due, works=False, note="TB", by="Quản trị")
    complaint.refresh_from_db()
    assert complaint.take_up_due_on > due
    assert Obligation.objects.get(kind="ideas.complaint").due_on == complaint.take_up_due_on
    assert [name for name, _due in told()] == ["lanhdao"] * len(told())


def test_announcing_costs_the_rows_it_moves_and_no_query_for_those_it_does_not():
    ward = ward_at(BEGAN)
    other = date(2026, 12, 23)

    def counted():
        with CaptureQueriesContext(connection) as captured:
            row = announce(other)
            withdraw_day(row.pk, by="Quản trị", now=ANNOUNCED)
        return len(captured)

    submitted(ward, BEGAN)
    one = counted()
    for number in range(8):
        submitted(ward, BEGAN, title=f"Sáng kiến số {number}")
    assert counted() == one
    assert Idea.objects.count() == 0
