"""Casting a vote. Whether it is somebody's first is decided by the constraint, not by looking before."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from trust.consents import set_consents

from .. import consenting
from ..models import Vote
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


def cast(competition, entry, participant, network="", now=None):
    """One vote, with the consent it rests on. `entry` is one of `ballot.entries_of`, `network` of `mark_of`.

    The moment is read inside the transaction, unless given: on SQLite whoever waited for the writer before
    past the last second came too late.
    """
    if refusal := rules.person_refusal(competition, participant, entry):
        raise VoteRefused(refusal)
    try:
        with transaction.atomic():
            moment = now or timezone.now()
            if refusal := rules.time_refusal(competition, moment):
                raise VoteRefused(refusal)
            vote = Vote.objects.create(
                competition=competition, entry=entry, participant=participant, at=moment, network=network
            )
            subject = consenting.subject_of(participant, competition)
            set_consents(subject, [consenting.VOTE], [consenting.VOTE], moment)
    except IntegrityError:
        if (earlier := vote_of(competition, participant)) is None:
            raise
        raise AlreadyVoted(earlier) from None
    return vote


def vote_of(competition, participant):
    """This person's vote, voided or not; None where there is none."""
    if participant is None:
        return None
    rows = Vote.objects.filter(competition=competition, participant=participant)
    return rows.select_related("entry").first()


def mark_of(competition, network):
    """A network as it is kept: a keyed hash, another one in each competition."""
    if network == "unknown":
        return ""
    salt = f"competitions.voting.{competition.pk}"
    return salted_hmac(salt, network, algorithm="sha256").hexdigest()
