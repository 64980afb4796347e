"""Votes on an item of the agenda, open or by secret ballot, and recording their result."""

from django.db import transaction

from .. import votes
from ..models import HistoryEntry, SeatRole, Vote
from ..models.meeting import VotingMode
from .counting import require_counters
from .locking import lock_item, save_meeting
from .refusals import MeetingRefused, refusal
from .telling import refresh_pages


def choose_mode(user, item, mode, *, base_version, now=None):
    """Open vote or secret ballot. Open votes already noted are dropped when the ballot becomes secret."""
    with transaction.atomic():
        sitting, item, _actor = lock_item(user, item, base_version, now)
        item.mode = VotingMode(mode)
        if item.mode == VotingMode.SECRET:
            item.votes.all().delete()
        item.save(update_fields=["mode"])
        save_meeting(sitting.meeting)
        refresh_pages(sitting, item)
    return item


def save_votes(user, item, cast, *, base_version, now=None):
    """Notes open votes, {seat pk: True, False or None}, before the result is recorded."""
    with transaction.atomic():
        sitting, item, _actor = lock_item(user, item, base_version, now)
        _write_votes(sitting, item, cast)
        save_meeting(sitting.meeting)
        refresh_pages(sitting, item)
    return item


def _write_votes(sitting, item, cast):
    """Votes of the seats that can vote; any other seat is refused, not passed over in silence."""
    if item.mode != VotingMode.OPEN:
        raise MeetingRefused(refusal("record_vote", "vote_not_open"), item.initiative)
    able = sitting.able(item.initiative)
    if any(agrees is not None and seat not in able for seat, agrees in cast.items()):
        raise MeetingRefused(refusal("record_vote", "vote_not_theirs"), item.initiative)
    item.votes.all().delete()
    Vote.objects.bulk_create(
        Vote(item=item, seat_id=seat, staff=able[seat].staff, agrees=agrees)
        for seat, agrees in cast.items()
        if agrees is not None
    )
    return votes.count_open(
        sitting.seats, sitting.needed, {s: a for s, a in cast.items() if a is not None}, able
    )


def record_open_vote(user, item, cast, conclusion, *, base_version, now=None):
    """The result of an open vote and what the council concludes from it."""
    with transaction.atomic():
        sitting, item, actor = lock_item(user, item, base_version, now)
        count = _write_votes(sitting, item, cast)
        if count.votes_for + count.votes_against == 0:
            raise MeetingRefused(refusal("record_vote", "votes_none"), item.initiative)
        _record(sitting, item, actor, count, conclusion)
    return item


def record_secret_ballot(user, item, ballots, conclusion, *, file=None, base_version, now=None):
    """The totals of a secret ballot, who voted how is not known here. `file`: the signed tally, stored."""
    with transaction.atomic():
        sitting, item, actor = lock_item(user, item, base_version, now)
        if item.mode != VotingMode.SECRET:
            raise MeetingRefused(refusal("record_vote", "vote_not_secret"), item.initiative)
        require_counters(sitting, item.initiative)
        for problem in votes.ballot_problems(ballots, len(sitting.able(item.initiative))):
            raise MeetingRefused(
                refusal("record_vote", problem.code, problem.params, problem.field), item.initiative
            )
        item.issued, item.returned = ballots.issued, ballots.returned
        item.valid, item.invalid = ballots.valid, ballots.invalid
        if file:
            item.tally_file, item.tally_sha256 = file.path, file.sha256
        count = ballots.count(sitting.seats, sitting.needed)
        _record(sitting, item, actor, count, conclusion)
    return item


def _record(sitting, item, actor, count, conclusion):
    if problem := votes.conclusion_problem(conclusion, count):
        raise MeetingRefused(
            refusal("record_vote", problem.code, problem.params, problem.field), item.initiative
        )
    item.seats, item.needed, item.had_quorum = count.seats, count.needed, sitting.has_quorum
    item.votes_for, item.votes_against = count.votes_for, count.votes_against
    item.conclusion, item.recorded_at = conclusion, sitting.now
    item.save()
    save_meeting(sitting.meeting)
    _write_history(sitting, item, actor)
    refresh_pages(sitting, item)


def _write_history(sitting, item, actor):
    """Counts and the conclusion; how each seat voted openly stays with the meeting."""
    details = {
        "meeting": sitting.meeting.number,
        "mode": item.mode,
        "seats": item.seats,
        "needed": item.needed,
        "for": item.votes_for,
        "against": item.votes_against,
        "conclusion": item.conclusion,
    }
    if item.mode == VotingMode.SECRET:
        details |= {name: getattr(item, name) for name in ("issued", "returned", "valid", "invalid")}
    seat = sitting.keeping(item.initiative)
    HistoryEntry.objects.create(
        initiative=item.initiative,
        at=sitting.now,
        transition="vote_recorded",
        from_state=item.initiative.state,
        to_state=item.initiative.state,
        user=actor.user,
        actor_name=actor.name,
        actor_code=actor.code,
        actor_role="secretary" if seat.role == SeatRole.SECRETARY else "chair",
        details=details,
    )
