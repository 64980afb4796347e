"""An entry begins with its first answers."""

from django.db import transaction
from django.utils import timezone

from ..models import Blueprint, Entry, Participant, Participation
from . import about
from .permits import NotEditable, refusal_to_start


def current_entry(competition, participant):
    """The entry this person is in, or None: one each."""
    return Entry.objects.of(participant).filter(competition=competition).first()


def start(competition, participant, answers, now=None):
    """The person's entry in the competition: begun, or, where a second window was first, the one there is.
    Raises `NotEditable`."""
    with transaction.atomic():
        Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
        now = now or timezone.now()
        found = current_entry(competition, participant)
        if found is not None:
            return found
        if refusal := _refusal(competition, participant, answers, now):
            raise NotEditable(refusal)
        about.describe(participant, answers)
        entry = Entry.objects.create(
            competition=competition,
            # A quiz is one sitting: its entry is named after it.
            title=competition.title[:200] if competition.blueprint == Blueprint.QUIZ else "",
            is_sample=participant.is_sample,
        )
        Participation.objects.create(
            competition=competition,
            entry=entry,
            participant=participant,
            role=Participation.Role.LEADER,
            joined_at=now,
        )
    return entry


def _refusal(competition, participant, answers, now):
    return refusal_to_start(competition, participant, now) or about.refusal_with(
        competition, participant, answers, now
    )
