"""Every state × step × role: allowed, or the exact reason (design §4), and every reason in both languages."""

import itertools
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from ideas import reasons, workflow
from ideas.lifecycle import State
from ideas.models import Complaint, HistoryEntry, Initiative, Seat
from ideas.moves import CLOCK, Answer, OutsideTheDoor, Refused
from people.models import Leave, User

from . import builders

pytestmark = pytest.mark.django_db

# Design §4, word for word: step → from, who, what everybody else hears.
TABLE = {
    "submit": (["draft"], {"tacgia"}, "only_main_author"),
    "request_supplement": (["submitted"], {"thuky"}, "only_secretary"),
    "resubmit": (["supplement_requested"], {"tacgia"}, "only_main_author"),
    "expire": (["supplement_requested"], {"clock"}, "only_clock"),
    "late_accept": (["expired"], {"thuky"}, "only_secretary"),
    "accept": (["submitted"], {"thuky"}, "only_secretary"),
    "refuse": (["submitted"], {"thuky"}, "only_secretary"),
    "start_evaluation": (["accepted"], {"thuky"}, "only_secretary"),
    "close_evaluation": (["evaluating"], {"thuky", "clock"}, "only_secretary"),
    "reopen_evaluation": (["evaluated"], {"chutich"}, "only_chair"),
    "complete_again": (["evaluated"], {"thuky"}, "only_secretary"),
    "recognise": (["evaluated"], {"lanhdao", "cappho"}, "only_head"),
    "decline": (["evaluated"], {"lanhdao", "cappho"}, "only_head"),
    "reconsider": (["refused", "declined", "revoked"], {"lanhdao", "cappho"}, "only_head"),
    "withdraw": (
        ["draft", "submitted", "supplement_requested", "accepted", "evaluating", "evaluated"],
        {"tacgia"},
        "only_main_author",
    ),
    "hand_over": (
        ["draft", "submitted", "supplement_requested", "accepted", "evaluating", "evaluated"],
        {"thuky"},
        "only_secretary",
    ),
    "merge": (["submitted", "accepted"], {"thuky"}, "only_secretary"),
    "correct": (["recognised"], {"lanhdao", "cappho"}, "only_head"),
    "revoke": (["recognised"], {"lanhdao", "cappho"}, "only_head"),
}
# What the facts of the dossiers below still say to whoever is entitled.
FACTS = {
    ("supplement_requested", "expire"): "supplement_still_in_time",
    ("evaluating", "close_evaluation"): "sheets_short",
    ("evaluated", "reopen_evaluation"): "already_voted",
    ("evaluated", "complete_again"): "completion_not_asked",
    **{(state, "hand_over"): "main_author_still_here" for state in TABLE["hand_over"][0]},
    ("submitted", "merge"): "merge_consent_missing",
    ("accepted", "merge"): "merge_consent_missing",
    # A draft has no round, hence no council and no secretary yet.
    ("draft", "hand_over"): "only_secretary",
}
ROLES = (
    *("public", "tacgia", "dongtacgia", "nguoikhac", "vanthu", "thuky", "chutich", "phochutich"),
    *("hoidong1", "hoidong5", "lanhdao", "cappho", "quantri", "superuser", "clock"),
)


def in_every_state(ward):
    """One complete dossier in each state, brought there through the door."""
    move = workflow.move
    made = {
        "draft": builders.draft(ward),
        "submitted": builders.submitted(ward),
        "supplement_requested": move(
            builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu minh chứng"
        ),
        "accepted": builders.accepted(ward),
        "refused": move(builders.submitted(ward), "refuse", ward.thuky, public_reason="Không thuộc bốn loại"),
        "evaluating": builders.evaluating(ward),
        "evaluated": builders.voted(ward),
        "recognised": builders.recognised(ward),
        "declined": builders.declined(ward),
        "withdrawn": move(builders.draft(ward), "withdraw", ward.tacgia, reason="Làm lại"),
    }
    overdue = move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu")
    later = timezone.now() + timedelta(days=60)
    made["expired"] = move(overdue, "expire", CLOCK, now=later)
    merging = builders.submitted(ward)
    builders.attach(merging, "merge_consent", "dong-y.pdf")
    made["merged"] = move(merging, "merge", ward.thuky, reason="Trùng", surviving=made["submitted"])
    made["revoked"] = move(
        builders.recognised(ward), "revoke", ward.lanhdao, public_reason="Không đúng", **builders.decision()
    )
    for initiative in made.values():
        Initiative.objects.filter(pk=initiative.pk).update(
            formality_checklist=dict.fromkeys(builders.CHECKLIST, True)
        )
    for state in ("refused", "declined", "revoked"):
        Complaint.objects.create(
            initiative=made[state],
            complainant="Bùi Thị Ngọc",
            text="Đề nghị xem lại",
            against_state=state,
            filed_on=timezone.localdate(),
            take_up_due_on=timezone.localdate(),
            outcome="accepted",
        )
    return {state: builders.fresh(initiative) for state, initiative in made.items()}


def actors(ward):
    builders.delegate(ward)
    special = {
        "public": AnonymousUser(),
        "superuser": User.objects.create_superuser("root", "", builders.PASSWORD),
        "clock": CLOCK,
    }
    return {role: special.get(role) or ward.users[role] for role in ROLES}


def expected(state, step, role):
    sources, entitled, otherwise = TABLE[step]
    if state not in sources:
        return "wrong_state"
    if role not in entitled:
        return otherwise
    return FACTS.get((state, step), "")


def test_every_state_step_and_role_answers_as_the_table_says():
    ward = builders.make_ward()
    dossiers, people = in_every_state(ward), actors(ward)
    assert set(dossiers) == set(State.values)
    assert set(TABLE) == set(workflow.TRANSITIONS) == set(workflow.table())
    wrong = []
    for state, role in itertools.product(State.values, ROLES):
        for answer in workflow.options(dossiers[state], people[role]):
            want = expected(state, answer.transition, role)
            if (answer.reason, answer.allowed) != (want, not want):
                wrong.append((state, answer.transition, role, answer.reason, want))
            for language in ("vi", "en"):
                with translation.override(language):
                    assert bool(reasons.sentence(answer)) is not answer.allowed
                    assert reasons.who_can(answer)
    assert wrong == []


def test_asking_costs_the_same_for_one_dossier_and_for_all_steps():
    ward = builders.make_ward()
    initiative = builders.voted(ward)
    ward.thuky.staff  # noqa: B018  (loaded, as a request has it)
    counts = []
    for names in (("accept",), workflow.TRANSITIONS):
        lookups = {}
        user = User.objects.select_related("staff").get(pk=ward.thuky.pk)
        with CaptureQueriesContext(connection) as queries:
            for name in names:
                workflow.may(initiative, name, user, lookups=lookups)
        counts.append(len(queries))
    assert counts[1] <= 6


@pytest.mark.parametrize("step", sorted(TABLE))
def test_a_step_called_beside_the_door_raises_and_leaves_no_trace(step):
    ward = builders.make_ward()
    initiative = builders.draft(ward)
    state = TABLE[step][0][0]
    lone = Initiative(pk=initiative.pk, state=state)
    before = HistoryEntry.objects.count()
    with pytest.raises(OutsideTheDoor):
        getattr(lone, step)(None)
    assert lone.state == state
    assert (HistoryEntry.objects.count(), builders.fresh(initiative).state) == (before, "draft")


def test_the_state_cannot_be_written_by_assignment_or_in_bulk():
    ward = builders.make_ward()
    initiative = builders.draft(ward)
    with pytest.raises(AttributeError):
        initiative.state = "recognised"
    with pytest.raises(TypeError):
        Initiative.objects.update(state="recognised")
    with pytest.raises(TypeError):
        Initiative.objects.bulk_update([initiative], ["state"])
    initiative.refresh_from_db()
    with pytest.raises(AttributeError):
        initiative.state = "recognised"


# ---- one fact at a time


def refusal(initiative, step, user, now=None, **data):
    with pytest.raises(Refused) as caught:
        workflow.move(initiative, step, user, now=now, **data)
    for language in ("vi", "en"):
        with translation.override(language):
            assert "%(" not in reasons.sentence(caught.value.answer)
    return caught.value.answer.reason


def test_submitting_a_second_before_at_and_after_the_closing_moment():
    closes = builders.moment("2026-12-31 23:59:59")
    ward = builders.make_ward(now=closes - timedelta(days=10), closes_at=closes)
    values = {"first_applied_on": date(2026, 6, 1)}
    second = timedelta(seconds=1)
    moved = builders.submitted(ward, now=closes - second, **values)
    assert (moved.state, moved.received_on) == ("submitted", date(2026, 12, 31))
    assert moved.receipt_number == 1
    late = builders.draft(ward, **values)
    assert refusal(late, "submit", ward.tacgia, now=closes) == "no_open_round"
    assert refusal(late, "submit", ward.tacgia, now=closes + second) == "no_open_round"


@pytest.mark.parametrize(
    ("shares", "reason"),
    [
        (("60.00", "39.99"), "shares_not_100"),
        (("60.00", "40.01"), "shares_not_100"),
        (("60.00", "40.00"), ""),
    ],
)
def test_shares_must_make_100_exactly(shares, reason):
    ward = builders.make_ward()
    initiative = builders.draft(ward)
    for author, share in zip(initiative.authors.all(), shares, strict=True):
        author.share = share
        author.save()
    initiative = builders.fresh(initiative)
    if reason:
        assert refusal(initiative, "submit", ward.tacgia) == reason
    else:
        assert workflow.move(initiative, "submit", ward.tacgia).state == "submitted"


def test_an_unconfirmed_co_author_holds_the_submission():
    ward = builders.make_ward()
    assert refusal(builders.draft(ward, confirmed=False), "submit", ward.tacgia) == "shares_unconfirmed"


def test_an_incomplete_form_is_not_submitted():
    ward = builders.make_ward()
    assert refusal(builders.draft(ward, novelty=""), "submit", ward.tacgia) == "form_incomplete"


@pytest.mark.parametrize(
    ("first", "today", "reason"),
    [
        (date(2025, 12, 1), "2026-12-01 09:00", ""),
        (date(2025, 11, 30), "2026-12-01 09:00", "first_use_too_old"),
        (date(2026, 12, 2), "2026-12-01 09:00", "first_use_in_future"),
    ],
)
def test_the_year_from_first_use(first, today, reason):
    now = builders.moment(today)
    ward = builders.make_ward(now=now)
    initiative = builders.draft(ward, first_applied_on=first)
    if reason:
        assert refusal(initiative, "submit", ward.tacgia, now=now) == reason
    else:
        assert workflow.move(initiative, "submit", ward.tacgia, now=now).state == "submitted"


def test_a_paper_dossier_needs_its_scan_and_its_day_of_receipt():
    ward = builders.make_ward()
    initiative = builders.draft(ward)
    Initiative.objects.filter(pk=initiative.pk).update(keyed_from_paper=True, created_by=ward.vanthu)
    paper = builders.fresh(initiative)
    today = timezone.localdate()
    assert refusal(paper, "submit", ward.vanthu, received_on=today) == "paper_scan_missing"
    builders.attach(paper, "paper_application", "don.pdf")
    paper = builders.fresh(paper)
    assert refusal(paper, "submit", ward.vanthu) == "receipt_date_missing"
    tomorrow = today + timedelta(days=1)
    assert refusal(paper, "submit", ward.vanthu, received_on=tomorrow) == "date_in_future"
    received = today - timedelta(days=3)
    moved = workflow.move(paper, "submit", ward.vanthu, received_on=received)
    assert (moved.received_on, moved.history.last().actor_role) == (received, "records_clerk")
    web = builders.draft(ward)
    assert refusal(web, "submit", ward.tacgia, received_on=received) == "receipt_date_only_for_paper"


def test_accepting_needs_the_checklist_and_after_the_month_a_reason():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    assert refusal(initiative, "accept", ward.thuky) == "checklist_open"
    Initiative.objects.filter(pk=initiative.pk).update(
        formality_checklist=dict.fromkeys(builders.CHECKLIST, True)
    )
    late = timezone.now() + timedelta(days=45)
    assert refusal(initiative, "accept", ward.thuky, now=late) == "late_reason_missing"
    moved = workflow.move(initiative, "accept", ward.thuky, now=late, reason="Chờ xác nhận của đơn vị")
    assert moved.history.last().reason == "Chờ xác nhận của đơn vị"


def test_the_clocks_of_accepting():
    now = builders.moment("2026-11-06 14:05")
    ward = builders.make_ward(now=now)
    first = date(2026, 3, 2)
    initiative = builders.submitted(ward, now=now, first_applied_on=first)
    assert initiative.formality_due_on == date(2026, 12, 7)  # 06/12/2026 is a Sunday
    accepted = builders.accepted(ward, now=now, first_applied_on=first)
    assert accepted.decision_due_on == date(2027, 2, 11)  # 06/02/2027 is the first day of Tết
    longer = builders.accepted(ward, now=now, first_applied_on=first, first_use_ended_on=date(2027, 1, 15))
    assert longer.decision_due_on == date(2027, 4, 15)


def test_a_supplement_has_its_month_then_expires_by_the_clock_alone():
    now = builders.moment("2026-11-23 10:00")
    ward = builders.make_ward(now=now)
    values = {"first_applied_on": date(2026, 6, 1)}
    initiative = workflow.move(
        builders.submitted(ward, now=now, **values), "request_supplement", ward.thuky, now=now, reason="Thiếu"
    )
    assert initiative.supplement_due_on == date(2026, 12, 23)
    late = builders.moment("2026-12-24 00:00")
    assert workflow.expire_overdue(builders.moment("2026-12-23 23:59")) == []
    assert refusal(initiative, "resubmit", ward.tacgia, now=late) == "supplement_too_late"
    assert [i.pk for i in workflow.expire_overdue(late)] == [initiative.pk]
    assert workflow.expire_overdue(late) == []
    again = workflow.move(initiative, "late_accept", ward.thuky, now=late, reason="Bưu điện chậm")
    assert (again.state, again.supplement_due_on) == ("submitted", None)


def test_resubmitting_makes_the_next_version_and_restarts_the_month():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    back = workflow.move(initiative, "request_supplement", ward.thuky, reason="Thiếu số liệu")
    builders.fill_form(back, benefit_by_author="Giảm từ 14 xuống 2 hồ sơ mỗi tháng, theo sổ một cửa.")
    again = workflow.move(back, "resubmit", ward.tacgia)
    assert again.state == "submitted"
    first, second = again.versions.all()
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256


def test_scoring_does_not_start_without_enough_eligible_seats():
    ward = builders.make_ward()
    initiative = builders.accepted(ward)
    Seat.objects.filter(role__in=("alternate", "member")).update(staff=None)
    assert refusal(initiative, "start_evaluation", ward.thuky) == "appoint_alternates"


def test_a_council_out_of_its_term_does_nothing():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    ward.appointment.end_before = timezone.localdate()
    ward.appointment.save()
    assert refusal(initiative, "accept", ward.thuky) == "only_secretary"


def test_an_alternate_takes_the_seat_of_a_member_who_is_an_author():
    ward = builders.make_ward()
    initiative = builders.accepted(ward)
    author = initiative.authors.get(is_main=False)
    author.staff = ward.hoidong1.staff
    author.save()
    moved = workflow.move(initiative, "start_evaluation", ward.thuky)
    sheet = moved.sheets.get(seat__staff=ward.hoidong1.staff)
    assert (sheet.staff, sheet.alternate.staff) == (ward.hoidong5.staff, ward.hoidong5.staff)
    assert moved.sheets.count() == 7


def test_the_vice_chair_presides_where_the_chair_is_author_or_away():
    ward = builders.make_ward()
    initiative = builders.evaluated(ward)
    assert refusal(initiative, "reopen_evaluation", ward.phochutich, reason="Lệch nhiều") == "only_chair"
    Leave.objects.create(staff=ward.chutich.staff, start_on=timezone.localdate() - timedelta(days=1))
    assert refusal(initiative, "reopen_evaluation", ward.chutich, reason="Lệch nhiều") == "only_chair"
    moved = workflow.move(initiative, "reopen_evaluation", ward.phochutich, reason="Lệch nhiều")
    assert (moved.state, moved.history.last().actor_role) == ("evaluating", "chair")


def test_where_the_secretary_is_an_author_whoever_presides_does_the_secretarys_work():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    author = initiative.authors.get(is_main=False)
    author.staff = ward.thuky.staff
    author.save()
    assert refusal(initiative, "refuse", ward.thuky, public_reason="Không") == "only_secretary"
    assert workflow.move(initiative, "refuse", ward.chutich, public_reason="Không").state == "refused"


@pytest.mark.parametrize(("votes", "reason"), [(4, "votes_short"), (5, "")])
def test_two_thirds_of_seven_seats_is_five(votes, reason):
    ward = builders.make_ward()
    initiative = builders.voted(ward, votes_for=votes)
    if reason:
        assert refusal(initiative, "recognise", ward.lanhdao, **builders.decision()) == reason
    else:
        assert (
            workflow.move(initiative, "recognise", ward.lanhdao, **builders.decision()).state == "recognised"
        )


def test_deciding_waits_for_the_meeting_its_quorum_and_its_close():
    ward = builders.make_ward()
    decision = builders.decision()
    scored = builders.evaluated(ward)
    assert refusal(scored, "recognise", ward.lanhdao, **decision) == "not_met_yet"
    builders.put_to_vote(ward, scored, closed=False)
    assert refusal(scored, "recognise", ward.lanhdao, **decision) == "meeting_not_closed"
    short = builders.evaluated(ward)
    builders.put_to_vote(ward, short, had_quorum=False)
    assert refusal(short, "recognise", ward.lanhdao, **decision) == "no_quorum"


def test_what_a_decision_must_bring():
    ward = builders.make_ward()
    initiative = builders.voted(ward)
    full = builders.decision()
    today = timezone.localdate()
    cases = {
        "decision_number_missing": full | {"number": " "},
        "decision_date_missing": full | {"decided_on": None},
        "date_in_future": full | {"decided_on": today + timedelta(days=1)},
        "decision_before_meeting": full | {"decided_on": today - timedelta(days=2)},
        "decision_file_missing": full | {"file": None},
    }
    for reason, data in cases.items():
        assert refusal(initiative, "recognise", ward.lanhdao, **data) == reason
    assert refusal(initiative, "decline", ward.lanhdao, public_reason="") == "public_reason_missing"
    against = refusal(initiative, "decline", ward.lanhdao, public_reason="Chưa thuyết phục")
    assert against == "reason_against_vote_missing"


def test_the_head_as_author_needs_the_superiors_approval_where_public_money_was_used():
    ward = builders.make_ward()
    initiative = builders.voted(ward, uses_public_money=True)
    author = initiative.authors.get(is_main=False)
    author.staff = ward.lanhdao.staff
    author.save()
    decision = builders.decision()
    assert refusal(initiative, "recognise", ward.lanhdao, **decision) == "superior_approval_missing"
    builders.attach(initiative, "superior_approval", "chap-thuan.pdf")
    assert workflow.move(initiative, "recognise", ward.lanhdao, **decision).state == "recognised"


def test_a_deputy_decides_only_under_a_recorded_delegation():
    ward = builders.make_ward()
    initiative = builders.voted(ward)
    assert refusal(initiative, "recognise", ward.cappho, **builders.decision()) == "only_head"
    builders.delegate(ward)
    moved = workflow.move(initiative, "recognise", ward.cappho, **builders.decision())
    made = moved.decisions.get()
    assert (made.is_delegated, made.delegation_number) == (True, "12/UQ-UBND")
    assert moved.history.last().actor_role == "deputy_head"


def test_completion_is_asked_by_the_councils_conclusion_and_brings_new_sheets():
    ward = builders.make_ward()
    initiative = builders.voted(ward, votes_for=2, conclusion="complete_again")
    due = timezone.localdate() + timedelta(days=20)
    assert refusal(initiative, "complete_again", ward.thuky, reason="Bổ sung số liệu") == "due_date_missing"
    past = timezone.localdate() - timedelta(days=1)
    assert (
        refusal(initiative, "complete_again", ward.thuky, reason="Bổ sung", due_on=past) == "due_date_in_past"
    )
    back = workflow.move(initiative, "complete_again", ward.thuky, reason="Bổ sung số liệu", due_on=due)
    assert (back.state, back.supplement_due_on) == ("supplement_requested", due)
    again = workflow.move(back, "resubmit", ward.tacgia)
    assert (again.state, again.evaluation_number) == ("evaluating", 2)
    new = again.sheets.filter(evaluation_number=2)
    assert set(new.values_list("state", "version__number")) == {("todo", 2)}
    assert new.count() == 7


def test_reconsidering_uses_an_accepted_complaint_once():
    ward = builders.make_ward()
    initiative = builders.declined(ward)
    assert refusal(initiative, "reconsider", ward.lanhdao, reason="Khiếu nại") == "no_accepted_complaint"
    Complaint.objects.create(
        initiative=initiative,
        complainant="Bùi Thị Ngọc",
        text="Đề nghị xem lại",
        against_state="declined",
        filed_on=timezone.localdate(),
        take_up_due_on=timezone.localdate(),
        outcome="accepted",
    )
    moved = workflow.move(initiative, "reconsider", ward.lanhdao, reason="Khiếu nại đúng")
    assert (moved.state, moved.evaluation_number, moved.public_reason) == ("evaluating", 2, "")
    assert moved.complaints.get().used


def test_handing_over_when_the_main_author_is_gone():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    successor = initiative.authors.get(is_main=False)
    spell = ward.tacgia.staff.spells.get()
    spell.end_before = timezone.localdate()
    spell.save()
    gone = builders.fresh(initiative)
    assert refusal(gone, "hand_over", ward.thuky, reason="Nghỉ hưu") == "new_main_author_missing"
    moved = workflow.move(gone, "hand_over", ward.thuky, reason="Nghỉ hưu", new_main_author=successor.pk)
    moved = builders.fresh(moved)
    assert (moved.state, moved.main_author.pk) == ("submitted", successor.pk)
    assert [author.confirmed_at for author in moved.authors.all()] == [None, None]


def test_merging_names_a_dossier_that_is_under_way():
    ward = builders.make_ward()
    initiative, other = builders.submitted(ward), builders.submitted(ward)
    builders.attach(initiative, "merge_consent", "dong-y.pdf")
    initiative = builders.fresh(initiative)
    assert refusal(initiative, "merge", ward.thuky, reason="Trùng", surviving=None) == "surviving_missing"
    draft = builders.draft(ward)
    assert refusal(initiative, "merge", ward.thuky, reason="Trùng", surviving=draft) == "surviving_not_alive"
    moved = workflow.move(initiative, "merge", ward.thuky, reason="Trùng", surviving=other)
    assert (moved.state, moved.merged_into) == ("merged", other)


def test_every_reason_code_has_words_in_both_languages():
    known = {"state": "draft", "total": 95, "lacking": 5}
    for code, sentence in reasons._SENTENCES.items():
        names = re.findall(r"%\((\w+)\)s", str(sentence))
        answer = Answer("submit", False, code, {name: known.get(name, "7") for name in names})
        for language in ("vi", "en"):
            with translation.override(language):
                words = reasons.sentence(answer)
            assert words and "%(" not in words, (code, language)


def test_history_outlives_the_account_and_cannot_be_rewritten():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    entry = initiative.history.get(transition="submit")
    ward.tacgia.delete()
    entry.refresh_from_db()
    assert (entry.actor_name, entry.actor_code, entry.actor_role) == (
        "Bùi Thị Ngọc",
        "HD-tacgia",
        "main_author",
    )
    for rewrite in (entry.save, entry.delete, lambda: HistoryEntry.objects.update(reason="khác")):
        with pytest.raises(TypeError):
            rewrite()
