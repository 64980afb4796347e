"""Casting a vote. Whether it is somebody's first is decided by the constraint, not by looking before."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from trust.consents import set_consents

from .. import consenting
from ..models import Phase, Vote
from ..phases import PhaseCode
from . import rules


class VoteRefused(Exception):
    """No vote was cast; `refusal` says why."""

    def __init__(self, refusal):
        self.refusal = refusal
        super().__init__(refusal.code)


class AlreadyVoted(Exception):
    """This person has voted in this competition; `vote` is that vote, which stands."""

    def __init__(self, vote):
        self.vote = vote
        super().__init__(vote.pk)


def cast(ballot, code, participant, network="", now=None):
    """One vote for the entry `code` of a `Ballot`, with the consent it rests on. Of `network`, as
    `trust.limits.network_of` calls it, a keyed mark is kept.

    Window and moment are read inside the transaction, the moment unless given: on SQLite whoever waited for
    the writer before past the last second came too late.
    """
    if refusal := rules.person_refusal(ballot, participant, code):
        raise VoteRefused(refusal)
    try:
        with transaction.atomic():
            phase = Phase.objects.filter(competition=ballot.competition_id, code=PhaseCode.VOTE).first()
            moment = now or timezone.now()
            if refusal := rules.time_refusal(phase and phase.window, moment):
                raise VoteRefused(refusal)
            vote = Vote.objects.create(
                competition_id=ballot.competition_id,
                entry_id=ballot.entries[code],
                participant=participant,
                at=moment,
                network=mark_of(ballot.competition_id, network),
            )
            subject = consenting.subject_of(participant, ballot)
            set_consents(subject, [consenting.VOTE], [consenting.VOTE], moment)
    except IntegrityError:
        if (earlier := vote_of(ballot.competition_id, participant)) is None:
            raise
        raise AlreadyVoted(earlier) from None
    return vote


def vote_of(competition, participant):
    """This person's vote, voided or not; None where there is none."""
    if participant is None:
        return None
    rows = Vote.objects.filter(competition=competition, participant=participant)
    return rows.select_related("entry").first()


def mark_of(competition_id, network):
    """A network as it is kept: a keyed hash, another one in each competition; "" for one nobody knows."""
    if network in ("", "unknown"):
        return ""
    salt = f"competitions.voting.{competition_id}"
    return salted_hmac(salt, network, algorithm="sha256").hexdigest()
