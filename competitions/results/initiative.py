"""From an entry to an initiative of its entrant, with the warning that publication may have cost its
novelty."""

from dataclasses import dataclass

from django.utils import timezone

from people.handovers import INITIATIVE, handover_for
from trust.consents import given

from ..consenting import PUBLISH_ENTRY, subject_of
from ..models import Entry, ResultState
from ..phases import PhaseCode, phase_at

PUBLISHED, MAY_BE_PUBLISHED, NOT_PUBLISHED = "published", "may_be", ""


@dataclass(frozen=True)
class Offer:
    """`novelty` says whether the entry was published, may still be, or neither."""

    handover: object
    novelty: str


def offer_for(entry, user, participant):
    """The `Offer` to a member of staff who is in the entry, or None."""
    if entry.number is None or not Entry.objects.of(participant).filter(pk=entry.pk).exists():
        return None
    handover = handover_for(INITIATIVE, user)
    return Offer(handover, novelty_of(entry)) if handover else None


def novelty_of(entry):
    """Published: shown as a winner or to voters by everybody's consent. May be: agreed to, not shown yet."""
    places = entry.participations.filter(ended_at__isnull=True).select_related("participant")
    competition = entry.competition
    subjects = [subject_of(place.participant, competition) for place in places]
    if not subjects or not all(given(subject, (PUBLISH_ENTRY,)) for subject in subjects):
        return NOT_PUBLISHED
    won = entry.awards.filter(result_list__state=ResultState.PUBLISHED).exists()
    return PUBLISHED if won or _was_voted_on(competition) else MAY_BE_PUBLISHED


def _was_voted_on(competition):
    window = competition.window(PhaseCode.VOTE)
    return window is not None and phase_at([window], timezone.now()).has_begun


def start(entry, user, offer):
    """Begins the dossier; its address. It credits the entry by its code."""
    source = f"bài dự thi {entry.code}"
    return offer.handover.start(user, entry.title, entry.text, source)
