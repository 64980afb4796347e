"""Every clock of a dossier as a table: what starts it, when it is due, what ends it, what moves it, whose."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from ideas import complaints, workflow
from ideas.benefits import terms
from ideas.models import Initiative
from ideas.suggestions.owing import answer_due
from notifications.models import Notification
from obligations.models import Obligation, Reminder
from obligations.reminding import remind_due
from obligations.stages import NOTHING_ANNOUNCED, moment_of
from people.models import Leave, ServiceSpell

from . import builders
from .clock_builders import accepted, at, submitted, ward_at

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MIDNIGHT, LAST_SECOND = "00:00:00", "23:59:59"
ONE_MONTH = [
    # the event, at what time, the last day
    (date(2026, 1, 29), "09:00:00", date(2026, 3, 2)),  # 28/02/2026 is a Saturday
    (date(2026, 1, 30), "09:00:00", date(2026, 3, 2)),
    (date(2026, 1, 31), "09:00:00", date(2026, 3, 2)),
    (date(2027, 1, 29), "09:00:00", date(2027, 3, 1)),  # 28/02/2027 is a Sunday
    (date(2027, 1, 31), LAST_SECOND, date(2027, 3, 1)),
    (date(2028, 1, 28), "09:00:00", date(2028, 2, 28)),  # a leap year: 28, 29 and the days without a like
    (date(2028, 1, 29), "09:00:00", date(2028, 2, 29)),
    (date(2028, 1, 30), "09:00:00", date(2028, 2, 29)),
    (date(2028, 1, 31), "09:00:00", date(2028, 2, 29)),
    (date(2026, 1, 17), "09:00:00", date(2026, 2, 23)),  # the first day of Tết Bính Ngọ
    (date(2026, 11, 6), "09:00:00", date(2026, 12, 7)),  # a Sunday
    (date(2026, 7, 22), "09:00:00", date(2026, 8, 22)),  # a Saturday worked in exchange
    (date(2026, 7, 31), "09:00:00", date(2026, 9, 3)),  # the Monday off in exchange, then National Day
    (date(2030, 12, 31), LAST_SECOND, date(2031, 1, 31)),  # the year's last second in Hải Phòng
    (date(2031, 1, 1), MIDNIGHT, date(2031, 2, 3)),  # one second later; 31/12 still in London
]
THREE_MONTHS = [
    (date(2026, 1, 31), "09:00:00", date(2026, 5, 4)),  # 30/04 and 01/05, then a weekend
    (date(2026, 11, 29), "09:00:00", date(2027, 3, 1)),
    (date(2026, 11, 30), "09:00:00", date(2027, 3, 1)),
    (date(2027, 11, 30), "09:00:00", date(2028, 2, 29)),
    (date(2026, 11, 6), "09:00:00", date(2027, 2, 11)),  # Tết Đinh Mùi
    (date(2026, 5, 22), "09:00:00", date(2026, 8, 22)),  # the worked Saturday
    (date(2030, 12, 31), LAST_SECOND, date(2031, 3, 31)),
]


def owed(kind):
    row = Obligation.objects.get(kind=kind)
    return row.owner, row.last_day(), row.state


@pytest.mark.parametrize(("day", "clock", "due"), ONE_MONTH)
def test_formality_one_month_from_receipt(day, clock, due):
    now = at(day, clock)
    initiative = submitted(ward_at(now), now)
    assert (initiative.received_on, initiative.formality_from, initiative.formality_due_on) == (day, day, due)
    assert owed("ideas.formality") == ("secretary", due, "open")


@pytest.mark.parametrize(("day", "clock", "due"), ONE_MONTH)
def test_supplement_one_month_from_the_request_and_as_long_again_to_check(day, clock, due):
    now = at(day, clock)
    ward = ward_at(now)
    asked = workflow.move(submitted(ward, now), "request_supplement", ward.thuky, now=now, reason="Thiếu")
    assert (asked.supplement_from, asked.supplement_due_on) == (day, due)
    assert owed("ideas.supplement") == ("main_author", due, "open")
    assert owed("ideas.formality")[2] == "done"
    back = workflow.move(asked, "resubmit", ward.tacgia, now=now)
    assert (back.formality_from, back.formality_due_on, back.supplement_due_on) == (day, due, None)
    assert owed("ideas.formality") == ("secretary", due, "open")
    assert Obligation.objects.get(kind="ideas.formality").version == 2


@pytest.mark.parametrize(("day", "clock", "due"), ONE_MONTH)
def test_a_supplement_may_come_to_the_last_second_of_its_last_day(day, clock, due):
    now = at(day, clock)
    ward = ward_at(now)
    asked = workflow.move(submitted(ward, now), "request_supplement", ward.thuky, now=now, reason="Thiếu")
    last = at(due, LAST_SECOND)
    assert workflow.may(builders.fresh(asked), "resubmit", ward.tacgia, now=last).allowed
    assert workflow.expire_overdue(last) == []
    too_late = last + timedelta(seconds=1)
    assert workflow.may(builders.fresh(asked), "resubmit", ward.tacgia, now=too_late).reason == (
        "supplement_too_late"
    )
    [expired] = workflow.expire_overdue(too_late)
    assert (expired.state, owed("ideas.supplement")[2]) == ("expired", "cancelled")


@pytest.mark.parametrize(("day", "clock", "due"), THREE_MONTHS)
def test_decision_three_months_from_acceptance(day, clock, due):
    now = at(day, clock)
    initiative = accepted(ward_at(now), now)
    assert (initiative.decision_from, initiative.decision_due_on) == (day, due)
    assert owed("ideas.decision") == ("secretary", due, "open")


def test_decision_three_months_from_the_end_of_first_use_where_that_is_later():
    now = at(date(2026, 3, 2))
    initiative = accepted(ward_at(now), now, first_use_ended_on=date(2026, 5, 31))
    assert (initiative.decision_from, initiative.decision_due_on) == (date(2026, 5, 31), date(2026, 9, 3))


@pytest.mark.parametrize("of_its_own", [date(2026, 12, 18), None])
def test_scoring_is_due_on_the_rounds_day_or_with_the_decision(of_its_own):
    now = at(date(2026, 11, 20))
    ward = builders.make_ward(now, scoring_due_on=of_its_own)
    initiative = workflow.move(accepted(ward, now), "start_evaluation", ward.thuky, now=now)
    assert owed("ideas.scoring") == ("member", of_its_own or initiative.decision_due_on, "open")


TEN_DAYS = [
    (date(2026, 2, 2), date(2026, 2, 12)),
    (date(2026, 2, 9), date(2026, 2, 23)),  # 19/02 is Tết
    (date(2026, 3, 4), date(2026, 3, 16)),  # a Saturday
    (date(2026, 8, 12), date(2026, 8, 22)),  # a Saturday worked in exchange
    (date(2026, 8, 21), date(2026, 9, 3)),  # off in exchange, then National Day
    (date(2028, 2, 19), date(2028, 2, 29)),
    (date(2026, 12, 22), date(2027, 1, 4)),  # New Year, then a weekend
]


@pytest.mark.parametrize(("filed", "due"), TEN_DAYS)
def test_complaint_ten_days_to_take_up(filed, due):
    assert complaints.take_up_due(filed, NOTHING_ANNOUNCED) == due


@pytest.mark.parametrize(
    ("taken_up", "is_complex", "due"),
    [
        (date(2026, 11, 23), False, date(2026, 12, 23)),
        (date(2026, 11, 23), True, date(2027, 1, 7)),
        (date(2026, 1, 17), False, date(2026, 2, 23)),  # 16/02 is Tết
        (date(2026, 1, 2), True, date(2026, 2, 23)),  # as is 16/02, 45 days later
        (date(2028, 1, 30), False, date(2028, 2, 29)),
        (date(2026, 1, 31), False, date(2026, 3, 2)),
        (date(2026, 12, 31), False, date(2027, 2, 1)),  # a Saturday
    ],
)
def test_complaint_thirty_or_forty_five_days_to_settle(taken_up, is_complex, due):
    assert complaints.settle_due(taken_up, is_complex, NOTHING_ANNOUNCED) == due


def test_complaint_belongs_to_whoever_decides_and_ends_when_it_is_settled():
    ward = builders.make_ward()
    complaint = complaints.file_complaint(
        builders.fresh(builders.declined(ward)), ward.tacgia, text="Chưa đúng"
    )
    assert owed("ideas.complaint") == ("head", complaint.take_up_due_on, "open")
    taken = complaints.take_up(complaint, ward.lanhdao, is_complex=True)
    assert owed("ideas.complaint") == ("head", taken.settle_due_on, "open")
    complaints.settle(taken, ward.lanhdao, outcome="rejected", answer="Đúng quy định")
    assert owed("ideas.complaint")[2] == "done"


@pytest.mark.parametrize(
    ("recognised_on", "months", "due"),
    [
        (date(2025, 11, 29), 3, date(2026, 3, 2)),  # 28/02 is a Saturday
        (date(2027, 11, 29), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 2, 6), 12, date(2027, 2, 11)),  # Tết
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_measurements_three_six_and_twelve_months_from_the_decision(recognised_on, months, due):
    assert terms.due_on(recognised_on, months, NOTHING_ANNOUNCED) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 10, 12), date(2026, 11, 2)),
        (date(2026, 2, 9), date(2026, 3, 9)),  # the week of Tết does not count
        (date(2026, 8, 17), date(2026, 9, 9)),  # the worked Saturday does; three days off do not
        (date(2026, 12, 31), date(2027, 1, 22)),
    ],
)
def test_an_idea_is_answered_within_fifteen_working_days(received, due):
    assert settings.IDEA_ANSWER_WORKING_DAYS == 15
    assert answer_due(received, NOTHING_ANNOUNCED) == due


# ---- whose it is when somebody leaves, or is away


def reminded(kind):
    """Who is told on the day after the last one: {account: event}."""
    Notification.objects.all().delete()
    row = Obligation.objects.open().get(kind=kind)
    remind_due(moment_of(max(row.last_day(), row.due_on) + timedelta(days=1)))
    told = Notification.objects.filter(event=f"{kind}_overdue")
    return {n.recipient.username for n in told}


def goes_on_leave(user):
    Leave.objects.create(staff=user.staff, start_on=date(2026, 1, 1))


def leaves(user):
    ServiceSpell.objects.filter(staff=user.staff).update(end_before=date(2026, 1, 1))


@pytest.mark.parametrize("goes", [goes_on_leave, leaves])
def test_what_the_secretary_owes_passes_to_whoever_presides(goes):
    ward = builders.make_ward()
    builders.submitted(ward)
    goes(ward.thuky)
    assert reminded("ideas.formality") == {"chutich"}
    goes(ward.chutich)
    Reminder.objects.all().delete()
    Obligation.objects.update(look_at=moment_of(date(2026, 1, 1)))
    assert reminded("ideas.formality") == {"phochutich"}


def test_a_member_on_leave_still_owes_the_sheet_and_one_who_left_does_not():
    from ideas.vacancies import pass_on_vacated_seats

    ward = builders.make_ward()
    builders.evaluating(ward)
    goes_on_leave(ward.hoidong1)
    leaves(ward.hoidong2)
    pass_on_vacated_seats()
    told = reminded("ideas.scoring")
    assert {"hoidong1", "hoidong5"} <= told and "hoidong2" not in told


def test_a_head_on_leave_leaves_the_complaint_to_a_delegated_deputy():
    ward = builders.make_ward()
    complaints.file_complaint(builders.fresh(builders.declined(ward)), ward.tacgia, text="Chưa đúng")
    builders.delegate(ward)
    assert reminded("ideas.complaint") == {"lanhdao", "cappho"}


def test_a_supplement_of_a_main_author_who_left_is_owed_by_the_successor():
    ward = builders.make_ward()
    asked = workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu")
    ward.tacgia.is_active = False
    ward.tacgia.save()
    day = Obligation.objects.get(kind="ideas.supplement").last_day()
    remind_due(moment_of(day - timedelta(days=7)))
    assert Reminder.objects.get(stage="T-7").skipped_why == "nobody"
    leaves(ward.tacgia)
    successor = asked.authors.get(is_main=False)
    workflow.move(
        builders.fresh(asked), "hand_over", ward.thuky, reason="Nghỉ việc", new_main_author=successor.pk
    )
    remind_due(moment_of(day - timedelta(days=3)))
    told = Notification.objects.filter(event="ideas.supplement_due")
    assert {n.recipient.username for n in told} == {"dongtacgia"}
    assert Initiative.objects.get(pk=asked.pk).supplement_due_on == asked.supplement_due_on
