"""The rules of the workflow table (design §4): each looks at one fact and answers with a reason code.

A rule is a function `(initiative, move) -> Refusal | None`. It reads the dossier's prefetched rows and what
`move.once` looked up for the whole batch, so asking fifty dossiers costs no query more than asking one.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from obligations.terms import one_year_after
from people.roles import Role

from .capacities import council_for
from .completeness import missing_items
from .moves import Refusal
from .shares import missing_share

# ---- terms: until when a step is to be taken


def no_term(initiative, move):
    return None


def until_round_closes(initiative, move):
    current = round_for(move)
    return timezone.localdate(current.closes_at) if current else None


def until_formality(initiative, move):
    return initiative.formality_due_on


def until_supplement(initiative, move):
    return initiative.supplement_due_on


def until_decision(initiative, move):
    return initiative.decision_due_on


def until_scoring_due(initiative, move):
    return (initiative.round and initiative.round.scoring_due_on) or initiative.decision_due_on


# ---- submitting


def receipt_date(move):
    """The day the application counts as filed: today, or the day the signed paper was received."""
    return move.data.get("received_on") or move.today


def round_for(move):
    """The round that takes this submission, to the moment; for paper, one open on its day of receipt."""

    def look_up():
        from .models import Round

        received = receipt_date(move)
        if received == move.today:
            return Round.objects.open_at(move.now).select_related("appointment", "rubric").first()
        day = timezone.make_aware(datetime.combine(received, time()))
        overlapping = Round.objects.filter(opens_at__lt=day + timedelta(days=1), closes_at__gt=day)
        return overlapping.select_related("appointment", "rubric").first()

    return move.once(("round", receipt_date(move)), look_up)


def round_is_open(initiative, move):
    return None if round_for(move) else Refusal("no_open_round")


def form_is_complete(initiative, move):
    missing = missing_items(initiative)
    return Refusal("form_incomplete", {"count": len(missing)}) if missing else None


def shares_make_100(initiative, move):
    authors = initiative.authors.all()
    if initiative.main_author is None:
        return Refusal("no_main_author")
    lacking = missing_share(author.share for author in authors)
    if lacking:
        return Refusal("shares_not_100", {"total": 100 - lacking, "lacking": lacking})
    return None


def shares_are_confirmed(initiative, move):
    waiting = [author.full_name for author in initiative.authors.all() if not author.is_confirmed]
    return Refusal("shares_unconfirmed", {"names": ", ".join(waiting)}) if waiting else None


def within_a_year_of_first_use(initiative, move):
    """One year from the earlier of first use and trial (NĐ 13/2012 Đ5.2)."""
    first = initiative.first_use_on
    if first is None:
        return None  # named by `form_is_complete`
    if receipt_date(move) < first:
        return Refusal("first_use_in_future", {"first_use": first})
    last = one_year_after(first, *move.announced)
    if receipt_date(move) > last:
        return Refusal("first_use_too_old", {"first_use": first, "last_day": last})
    return None


def paper_is_attached(initiative, move):
    if initiative.keyed_from_paper and not _has_attachment(initiative, "paper_application"):
        return Refusal("paper_scan_missing")
    return None


def brings_receipt_date(initiative, move):
    received = move.data.get("received_on")
    if initiative.keyed_from_paper and not isinstance(received, date):
        return Refusal("receipt_date_missing", field="received_on")
    if received is not None and not initiative.keyed_from_paper:
        return Refusal("receipt_date_only_for_paper", field="received_on")
    if received and received > move.today:
        return Refusal("date_in_future", field="received_on")
    return None


# ---- formality


def supplement_in_time(initiative, move):
    if initiative.supplement_due_on and move.today > initiative.supplement_due_on:
        return Refusal("supplement_too_late", {"due": initiative.supplement_due_on})
    return None


def supplement_is_overdue(initiative, move):
    if initiative.supplement_due_on is None or move.today <= initiative.supplement_due_on:
        return Refusal("supplement_still_in_time", {"due": initiative.supplement_due_on})
    return None


def checklist_is_done(initiative, move):
    from .formality import open_items

    still_open = open_items(initiative)
    return Refusal("checklist_open", {"count": len(still_open)}) if still_open else None


# ---- scoring


def rubric_is_chosen(initiative, move):
    return None if initiative.round_id and initiative.round.rubric_id else Refusal("no_rubric")


def enough_eligible_seats(initiative, move):
    council = council_for(initiative, move)
    if council is None or not council.in_term:
        return Refusal("no_council")
    eligible = council.eligible_count(initiative)
    if eligible < council.needed:
        return Refusal("appoint_alternates", {"eligible": eligible, "needed": council.needed})
    return None


def enough_eligible_seats_again(initiative, move):
    """New sheets are opened by coming back to scoring, so the seats are asked again."""
    comes_back = initiative.supplement_kind == "council" and initiative.state == "supplement_requested"
    if comes_back or initiative.state in ("declined", "revoked"):
        return enough_eligible_seats(initiative, move)
    return None


def quorum_of_sheets(initiative, move):
    council = council_for(initiative, move)
    submitted = sum(sheet.state == "submitted" for sheet in initiative.current_sheets)
    if submitted < council.needed:
        return Refusal("sheets_short", {"submitted": submitted, "needed": council.needed})
    return None


def clock_waits_for_all_sheets(initiative, move):
    if move.actor.is_clock and any(sheet.is_open for sheet in initiative.current_sheets):
        return Refusal("sheets_open")
    return None


def not_yet_voted(initiative, move):
    item = initiative.current_item
    return Refusal("already_voted") if item and item.recorded_at else None


def completion_was_asked(initiative, move):
    """The rubric's range or the council's conclusion asks for it."""
    result = initiative.current_result
    item = initiative.current_item
    by_rubric = result is not None and result.verdict == "complete_again"
    by_council = item is not None and item.recorded_at and item.conclusion == "complete_again"
    return None if by_rubric or by_council else Refusal("completion_not_asked")


# ---- deciding


def met_with_quorum(initiative, move):
    item = initiative.current_item
    if item is None or item.recorded_at is None:
        return Refusal("not_met_yet")
    if item.meeting.state != "closed":
        return Refusal("meeting_not_closed")
    return None if item.had_quorum else Refusal("no_quorum", {"needed": item.needed, "seats": item.seats})


def two_thirds_agreed(initiative, move):
    item = initiative.current_item
    if item.votes_for < item.needed:
        return Refusal("votes_short", {"votes": item.votes_for, "needed": item.needed, "seats": item.seats})
    return None


def superior_approved(initiative, move):
    """Where the head is an author and public money was used (NĐ 13/2012 Đ7.2)."""
    if not initiative.uses_public_money or _has_attachment(initiative, "superior_approval"):
        return None
    heads = move.once(("heads",), _staff_ids_of_heads)
    return Refusal("superior_approval_missing") if heads & initiative.author_staff_ids else None


def _staff_ids_of_heads():
    from people.models import Staff

    return set(
        Staff.objects.filter(user__is_active=True, user__groups__name=Role.HEAD).values_list("pk", flat=True)
    )


def complaint_was_accepted(initiative, move):
    usable = (
        complaint
        for complaint in initiative.complaints.all()
        if complaint.outcome == "accepted"
        and not complaint.used
        and complaint.against_state == initiative.state
    )
    return None if next(usable, None) else Refusal("no_accepted_complaint")


# ---- leaving and joining


def main_author_is_gone(initiative, move):
    main = initiative.main_author
    if main is None or main.staff is None:
        return None
    user = main.staff.user
    if user is not None and user.is_active and _serves_today(main.staff, move):
        return Refusal("main_author_still_here")
    return None


def _serves_today(staff, move):
    return any(spell.contains(move.today) for spell in staff.spells.all())


def all_authors_consented(initiative, move):
    return None if _has_attachment(initiative, "merge_consent") else Refusal("merge_consent_missing")


# ---- what the actor brings


def brings_reason(initiative, move):
    return None if move.reason else Refusal("reason_missing", field="reason")


def brings_public_reason(initiative, move):
    if (move.data.get("public_reason") or "").strip():
        return None
    return Refusal("public_reason_missing", field="public_reason")


def brings_reason_when_late(initiative, move):
    """Accepting after the month is over is recorded with a written reason; it is not forbidden."""
    late = initiative.formality_due_on and move.today > initiative.formality_due_on
    if late and not move.reason:
        return Refusal("late_reason_missing", {"due": initiative.formality_due_on}, field="reason")
    return None


def brings_reason_against_the_vote(initiative, move):
    """Where 2/3 agreed, the head declines with a written reason of the head's own."""
    item = initiative.current_item
    if item.votes_for >= item.needed and not move.reason:
        return Refusal("reason_against_vote_missing", field="reason")
    return None


def brings_due_date(initiative, move):
    due = move.data.get("due_on")
    if not isinstance(due, date):
        return Refusal("due_date_missing", field="due_on")
    return Refusal("due_date_in_past", field="due_on") if due < move.today else None


def brings_decision(initiative, move):
    """Number and date of the decision signed outside, and the signed file."""
    if not (move.data.get("number") or "").strip():
        return Refusal("decision_number_missing", field="number")
    if not isinstance(move.data.get("decided_on"), date):
        return Refusal("decision_date_missing", field="decided_on")
    if refusal := brings_no_impossible_day(initiative, move):
        return refusal
    return None if move.data.get("file") else Refusal("decision_file_missing", field="file")


def brings_no_impossible_day(initiative, move):
    """A decision's day, where one is given: not to come, and not before the council met."""
    decided = move.data.get("decided_on")
    if decided is None:
        return None
    if decided > move.today:
        return Refusal("date_in_future", field="decided_on")
    met_on = _meeting_day(initiative)
    if met_on and decided < met_on:
        return Refusal("decision_before_meeting", {"met_on": met_on}, field="decided_on")
    return None


def _meeting_day(initiative):
    item = initiative.current_item
    return timezone.localdate(item.meeting.starts_at) if item else None


def brings_new_main_author(initiative, move):
    chosen = move.data.get("new_main_author")
    willing = {author.pk for author in initiative.authors.all() if not author.is_main and author.staff_id}
    return None if chosen in willing else Refusal("new_main_author_missing", field="new_main_author")


def brings_surviving_dossier(initiative, move):
    surviving = move.data.get("surviving")
    if surviving is None or surviving.pk == initiative.pk:
        return Refusal("surviving_missing", field="surviving")
    if surviving.state in {"draft", "withdrawn", "merged", "refused", "expired", "revoked"}:
        return Refusal("surviving_not_alive", {"code": surviving.code}, field="surviving")
    return None


def _has_attachment(initiative, kind):
    return any(
        attachment.kind == kind and attachment.removed_at is None
        for attachment in initiative.attachments.all()
    )
