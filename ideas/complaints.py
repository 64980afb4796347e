"""Complaints about a refusal, a decline or a revocation: filing, taking up, settling (Luật Khiếu nại 2011;
legal.md §1.6).

90 days to file from the day the author was told, 10 to take up, 30 to settle or 45 where the case is complex.
The terms are plain days; one that would end on a day off ends with the next working day (Bộ luật Dân sự 2015,
Điều 148). An accepted complaint opens the step `reconsider`, once.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from notifications.events import announce
from obligations.days_off import announced_days
from obligations.stages import NOTHING_ANNOUNCED
from obligations.terms import term_of_days
from people.roles import Role, holders_of

from . import events, owing
from .capacities import DEPUTY, HEAD, SECRETARY, Capacity, acting_capacity
from .evaluation import officers_of
from .history import record
from .lifecycle import State
from .models import Complaint, ComplaintOutcome, Initiative
from .moves import Actor, Answer, Move, Refused

FILE_DAYS = 90
TAKE_UP_DAYS = 10
SETTLE_DAYS = 30
SETTLE_DAYS_COMPLEX = 45
COMPLAINABLE = (State.REFUSED, State.DECLINED, State.REVOKED)


def _is_author(initiative, move):
    return bool(move.actor.staff_id and move.actor.staff_id in initiative.author_staff_ids)


def _is_clerk(initiative, move):
    return Role.RECORDS_CLERK in move.actor.roles


AUTHOR = Capacity("author", _is_author)
RECORDING_CLERK = Capacity("records_clerk", _is_clerk)
_FILES = (AUTHOR, SECRETARY, RECORDING_CLERK)
_SETTLES = (HEAD, DEPUTY)


# ---- terms


def complained_of_on(initiative):
    """The day the refusal, decline or revocation reached the author: the day the portal told it."""
    return timezone.localdate(initiative.state_since)


def last_day_to_file(initiative, announced=NOTHING_ANNOUNCED):
    """By the calendar; with the announced days where somebody would be refused for being late."""
    return term_of_days(complained_of_on(initiative), FILE_DAYS, *announced)


def _is_too_late(initiative, day, move):
    return day > last_day_to_file(initiative) and day > last_day_to_file(initiative, move.announced)


def take_up_due(filed_on, announced):
    return term_of_days(filed_on, TAKE_UP_DAYS, *announced)


def settle_days(is_complex):
    return SETTLE_DAYS_COMPLEX if is_complex else SETTLE_DAYS


def settle_due(taken_up_on, is_complex, announced):
    return term_of_days(taken_up_on, settle_days(is_complex), *announced)


# ---- asking


def may_file(initiative, user, *, now=None, data=None, asking=True):
    """`Answer` for filing. `data`: text, and filed_on and complainant where it is recorded for them."""
    move = Move("complaint_filed", Actor.of(user), now or timezone.now(), data or {})
    return _ask(move, _FILES, last_day_to_file(initiative), _filing_refusal, initiative, asking)


def may_take_up(complaint, user, *, now=None):
    move = Move("complaint_taken_up", Actor.of(user), now or timezone.now())
    return _ask(
        move, _SETTLES, complaint.take_up_due_on, _taking_up_refusal, complaint.initiative, True, complaint
    )


def may_settle(complaint, user, *, now=None, data=None, asking=True):
    move = Move("complaint_settled", Actor.of(user), now or timezone.now(), data or {})
    return _ask(
        move, _SETTLES, complaint.settle_due_on, _settling_refusal, complaint.initiative, asking, complaint
    )


def _ask(move, who, until, refusal_of, initiative, asking, complaint=None):
    codes = tuple(capacity.code for capacity in who)
    capacity = acting_capacity(who, initiative, move)
    if capacity is None:
        return Answer(move.transition, False, f"only_{codes[0]}", who=codes, until=until)
    subject = complaint if complaint is not None else initiative
    code, params, field = refusal_of(subject, move, capacity, asking) or ("", {}, "")
    return Answer(move.transition, not code, code, params, codes, until, capacity.code, field)


def _filing_refusal(initiative, move, capacity, asking):
    if initiative.state not in COMPLAINABLE:
        return "complaint_nothing_decided", {}, ""
    about_this = [
        complaint
        for complaint in initiative.complaints.all()
        if complaint.against_state == initiative.state and complaint.recorded_at >= initiative.state_since
    ]
    if any(complaint.settled_on is None for complaint in about_this):
        return "complaint_already_open", {}, ""
    if about_this:
        return "complaint_already_settled", {"day": about_this[0].settled_on}, ""
    # On paper what counts is the day it was received; that may lie before the last day to file.
    if capacity is AUTHOR and _is_too_late(initiative, move.today, move):
        return "complaint_too_late", {"last_day": last_day_to_file(initiative)}, ""
    return None if asking else _brought_refusal(initiative, move, capacity)


def _brought_refusal(initiative, move, capacity):
    filed_on = move.today if capacity is AUTHOR else move.data.get("filed_on")
    if not isinstance(filed_on, date):
        return "receipt_date_missing", {}, "filed_on"
    if filed_on > move.today:
        return "date_in_future", {}, "filed_on"
    if filed_on < complained_of_on(initiative):
        return "complaint_before_decision", {"day": complained_of_on(initiative)}, "filed_on"
    if _is_too_late(initiative, filed_on, move):
        return "complaint_too_late", {"last_day": last_day_to_file(initiative)}, "filed_on"
    names = {author.full_name for author in initiative.authors.all()}
    if capacity is not AUTHOR and move.data.get("complainant") not in names:
        return "complainant_missing", {}, "complainant"
    return None if (move.data.get("text") or "").strip() else ("complaint_text_missing", {}, "text")


def _taking_up_refusal(complaint, move, capacity, asking):
    return (
        ("complaint_already_taken_up", {"day": complaint.taken_up_on}, "") if complaint.taken_up_on else None
    )


def _settling_refusal(complaint, move, capacity, asking):
    if complaint.settled_on:
        return "complaint_already_settled", {"day": complaint.settled_on}, ""
    if complaint.taken_up_on is None:
        return "complaint_not_taken_up", {}, ""
    if asking:
        return None
    if move.data.get("outcome") not in ComplaintOutcome.values:
        return "complaint_outcome_missing", {}, "outcome"
    return None if (move.data.get("answer") or "").strip() else ("complaint_answer_missing", {}, "answer")


# ---- doing


def file_complaint(initiative, user, *, text, filed_on=None, complainant="", now=None):
    """A complaint of an author, or one received on paper and recorded for them. Raises `Refused`."""
    now = now or timezone.now()
    data = {"text": text, "filed_on": filed_on, "complainant": complainant}
    with transaction.atomic():
        locked = _locked(initiative.pk)
        answer = _require(may_file(locked, user, now=now, data=data, asking=False), locked)
        today, actor = timezone.localdate(now), Actor.of(user)
        by_author = answer.acting_as == AUTHOR.code
        received = today if by_author else filed_on
        complaint = Complaint.objects.create(
            initiative=locked,
            complainant=actor.name if by_author else complainant,
            text=text.strip(),
            against_state=locked.state,
            filed_on=received,
            take_up_due_on=take_up_due(received, announced_days()),
            recorded_by=user,
        )
        owing.owe_complaint(complaint, locked, now)
        _log(locked, "complaint_filed", actor, answer.acting_as, now, "" if by_author else complainant)
        _tell(events.COMPLAINT_FILED, [*holders_of(Role.HEAD), *officers_of(locked, now)], locked)
    return complaint


def take_up(complaint, user, *, is_complex=False, now=None):
    """The head takes the complaint up, which sets the term to settle running. Raises `Refused`."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked_complaint(complaint)
        answer = _require(may_take_up(locked, user, now=now), locked.initiative)
        locked.taken_up_on = timezone.localdate(now)
        locked.is_complex = is_complex
        locked.settle_due_on = settle_due(locked.taken_up_on, is_complex, announced_days())
        locked.save(update_fields=["taken_up_on", "is_complex", "settle_due_on"])
        owing.owe_complaint(locked, locked.initiative, now)
        _log(locked.initiative, "complaint_taken_up", Actor.of(user), answer.acting_as, now)
        _tell(
            events.CHANGED,
            [*_authors(locked.initiative), *officers_of(locked.initiative, now)],
            locked.initiative,
        )
    return locked


def settle(complaint, user, *, outcome, answer, now=None):
    """The head accepts or rejects the complaint with an answer the author reads. Raises `Refused`."""
    now = now or timezone.now()
    data = {"outcome": outcome, "answer": answer}
    with transaction.atomic():
        locked = _locked_complaint(complaint)
        asked = _require(may_settle(locked, user, now=now, data=data, asking=False), locked.initiative)
        locked.outcome, locked.answer, locked.settled_on = outcome, answer.strip(), timezone.localdate(now)
        locked.save(update_fields=["outcome", "answer", "settled_on"])
        owing.end_complaint(locked, now)
        _log(
            locked.initiative,
            "complaint_settled",
            Actor.of(user),
            asked.acting_as,
            now,
            locked.answer,
            outcome=outcome,
        )
        told = [*_authors(locked.initiative), *officers_of(locked.initiative, now)]
        _tell(events.COMPLAINT_SETTLED, told, locked.initiative)
    return locked


def _locked(pk):
    return Initiative.objects.select_for_update(of=("self",)).for_workflow().get(pk=pk)


def _locked_complaint(complaint):
    """The dossier first, as everywhere, then its complaint."""
    initiative = _locked(complaint.initiative_id)
    locked = Complaint.objects.select_for_update().get(pk=complaint.pk)
    locked.initiative = initiative
    return locked


def _require(answer, initiative):
    if not answer.allowed:
        raise Refused(answer, initiative)
    return answer


def _log(initiative, step, actor, role, now, reason="", **details):
    record(initiative, step, actor, role, now, reason, details)


def _authors(initiative):
    return [a.staff.user for a in initiative.authors.all() if a.staff and a.staff.user]


def _tell(event, recipients, initiative):
    announce(
        event,
        recipients,
        subject=initiative.code,
        link=f"{initiative.get_absolute_url()}khieu-nai/",
        refresh=(f"initiative:{initiative.pk}",),
    )
