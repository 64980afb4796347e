"""What a dossier's states make somebody owe, and who is reminded of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import complaints, owing, records, workflow
from ideas.models import Initiative, Round
from notifications.models import Notification
from obligations.days_off import announce_day
from obligations.models import Obligation, Reminder
from obligations.reminding import remind_due
from obligations.stages import moment_of
from obligations.terms import next_working_day

from . import builders

pytestmark = pytest.mark.django_db


def owed():
    return {row.kind: (row.owner, row.due_on) for row in Obligation.objects.open()}


def states():
    return dict(Obligation.objects.values_list("kind", "state"))


def remind(kind, days_before=7):
    """Runs the clock on that day before the last day of the one open obligation, or, below zero, after the
    day itself: a fixed date on a day off has its last day earlier. {account: event}"""
    Notification.objects.all().delete()
    row = Obligation.objects.open().get(kind=kind)
    reckoned_from = row.last_day() if days_before >= 0 else row.due_on
    remind_due(moment_of(reckoned_from - timedelta(days=days_before)))
    told = Notification.objects.filter(category="reminder", event__startswith=kind)
    return {n.recipient.username: n.event for n in told}


def test_the_straight_road_begins_and_ends_each_term():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    assert owed() == {"ideas.formality": ("secretary", initiative.formality_due_on)}
    Initiative.objects.filter(pk=initiative.pk).update(
        formality_checklist=dict.fromkeys(builders.CHECKLIST, True)
    )
    initiative = workflow.move(initiative, "accept", ward.thuky)
    decision = ("secretary", initiative.decision_due_on)
    assert owed() == {"ideas.decision": decision}
    initiative = workflow.move(initiative, "start_evaluation", ward.thuky)
    assert owed() == {
        "ideas.decision": decision,
        "ideas.scoring": ("member", ward.round.scoring_due_on),
    }
    for sheet in initiative.sheets.select_related("initiative__rubric", "staff__user"):
        builders.send_sheet(sheet)
    assert owed() == {"ideas.decision": decision}
    builders.put_to_vote(ward, initiative)
    workflow.move(builders.fresh(initiative), "recognise", ward.lanhdao, **builders.decision())
    ended = dict.fromkeys(("ideas.formality", "ideas.scoring", "ideas.decision"), "done")
    assert states() == ended | {"ideas.measurement": "open"}


def test_a_supplement_is_owed_and_its_return_begins_the_check_anew():
    ward = builders.make_ward()
    initiative = workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu")
    assert owed() == {"ideas.supplement": ("main_author", initiative.supplement_due_on)}
    initiative = workflow.move(initiative, "resubmit", ward.tacgia)
    assert owed() == {"ideas.formality": ("secretary", initiative.formality_due_on)}
    assert Obligation.objects.get(kind="ideas.formality").version == 2


@pytest.mark.parametrize("state", ["withdrawn", "expired"])
def test_what_falls_away_is_cancelled_not_done(state):
    ward = builders.make_ward()
    initiative = workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu")
    if state == "withdrawn":
        workflow.move(initiative, "withdraw", ward.tacgia, reason="Đổi ý")
    else:
        Initiative.objects.update(supplement_due_on=timezone.localdate() - timedelta(days=1))
        workflow.expire_overdue()
    assert states()["ideas.supplement"] == "cancelled"


def test_whoever_owes_it_is_reminded_and_nobody_else():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    assert remind("ideas.formality") == {"thuky": "ideas.formality_due"}
    workflow.move(initiative, "request_supplement", ward.thuky, reason="Thiếu")
    assert remind("ideas.supplement", 3) == {"tacgia": "ideas.supplement_due"}
    told = Notification.objects.get()
    assert (told.subject, told.link) == (initiative.code, f"/sang-kien/ho-so/{initiative.code}/sua/7/")
    assert "tacgia" not in told.text


def test_members_whose_sheet_is_out_are_reminded_of_it():
    ward = builders.make_ward()
    initiative = builders.evaluating(ward)
    sent, *out = initiative.sheets.select_related("initiative__rubric", "staff__user")
    builders.send_sheet(sent)
    assert set(remind("ideas.scoring", 1)) == {sheet.staff.user.username for sheet in out}
    assert set(remind("ideas.scoring", -1).values()) == {"ideas.scoring_overdue"}


def test_the_decision_is_recalled_to_whoever_keeps_it_and_once_voted_to_whoever_decides():
    ward = builders.make_ward()
    initiative = builders.evaluated(ward)
    assert remind("ideas.decision") == {"thuky": "ideas.decision_due"}
    builders.put_to_vote(ward, initiative)
    builders.delegate(ward)
    assert remind("ideas.decision", 3) == {"lanhdao": "ideas.decision_due"}  # the delegation is over by then


def test_a_supplement_out_of_time_is_told_as_expired_only():
    ward = builders.make_ward()
    workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu")
    assert remind("ideas.supplement", -3) == {}
    assert Reminder.objects.get(stage="overdue").skipped_why == "not_owed"


def test_a_complaint_is_owed_until_it_is_settled_and_its_day_moves_once_taken_up():
    ward = builders.make_ward()
    declined = builders.declined(ward)
    complaint = complaints.file_complaint(builders.fresh(declined), ward.tacgia, text="Chưa đúng")
    assert owed() == {"ideas.complaint": ("head", complaint.take_up_due_on)}
    assert remind("ideas.complaint") == {"lanhdao": "ideas.complaint_due"}
    taken = complaints.take_up(complaint, ward.lanhdao)
    assert owed() == {"ideas.complaint": ("head", taken.settle_due_on)}
    assert remind("ideas.complaint") == {"lanhdao": "ideas.complaint_due"}
    complaints.settle(taken, ward.lanhdao, outcome="rejected", answer="Đúng quy định")
    assert states()["ideas.complaint"] == "done"


def test_a_round_whose_day_moved_reminds_again():
    ward = builders.make_ward()
    builders.evaluating(ward)
    remind("ideas.scoring")
    round_ = Round.objects.get()
    round_.scoring_due_on += timedelta(days=10)
    records.save_round(ward.quantri, round_)
    row = Obligation.objects.get(kind="ideas.scoring")
    assert (row.due_on, row.version) == (round_.scoring_due_on, 2)
    assert len(remind("ideas.scoring")) == 7


def test_what_no_step_made_is_begun_by_the_clock_and_nothing_twice():
    ward = builders.make_ward()
    builders.submitted(ward)
    builders.evaluating(ward)
    complaints.file_complaint(builders.fresh(builders.declined(ward)), ward.tacgia, text="Chưa đúng")
    before = sorted(Obligation.objects.open().values_list("kind", "subject", "owner", "due_on"))
    Obligation.objects.all().delete()
    owing.begin_missing(timezone.now())
    assert sorted(Obligation.objects.values_list("kind", "subject", "owner", "due_on")) == before
    with CaptureQueriesContext(connection) as captured:
        owing.begin_missing(timezone.now())
    assert len(captured) == 2


def test_reminding_of_many_dossiers_costs_their_own_rows_only():
    ward = builders.make_ward()
    builders.submitted(ward)
    at = moment_of(Obligation.objects.get().last_day() - timedelta(days=7))

    def counted():
        with CaptureQueriesContext(connection) as captured:
            remind_due(at)
        return len(captured)

    one = counted()
    for number in range(10):
        builders.submitted(ward, title=f"Sáng kiến số {number}")
    assert counted() == one
    assert Notification.objects.filter(event="ideas.formality_due").count() == 11


def test_a_term_that_would_end_on_an_announced_day_off_ends_after_it():
    ward = builders.make_ward()
    plain = builders.submitted(ward).formality_due_on
    announce_day(plain, works=False, note="TB 12/TB-UBND", by="Quản trị")
    moved = builders.submitted(ward, title="Sáng kiến khác").formality_due_on
    assert moved == next_working_day(plain + timedelta(days=1))
    assert owed()["ideas.formality"] == ("secretary", moved)
