"""Consents of one person for one entry. What was agreed to stands in `trust`, in the words of its day."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from trust.consents import purpose_of, set_consents, standing

from ..consenting import ASKED, NEEDED, subject_of
from ..lifecycle import EntryState
from ..moves import Refusal
from .permits import NotEditable, leads, lock_for_answering


@dataclass(frozen=True)
class Asked:
    """One purpose on a page: its words, whether it stands and since when."""

    code: str
    label: str
    text: str
    is_needed: bool
    given_at: object = None


def asked_of(participant, competition):
    """Every purpose entrants are asked for, with what this person said."""
    given = standing(subject_of(participant, competition))
    found = []
    for code in ASKED:
        purpose = purpose_of(code)
        consent = given.get(code)
        found.append(Asked(code, purpose.label, purpose.text, code in NEEDED, consent and consent.given_at))
    return found


def agree(entry, participant, wanted, now=None):
    """Brings the person's consents to `wanted`. The needed one carries an entry that was handed in: taking it
    back means withdrawing the entry, or leaving its team. Raises `NotEditable`."""
    with transaction.atomic():
        locked = lock_for_answering(entry, participant)
        if locked.state == EntryState.SUBMITTED and set(NEEDED) - set(wanted):
            leader = leads(locked, participant)
            raise NotEditable(Refusal("consent_ends_entry" if leader else "consent_ends_place"))
        set_consents(subject_of(participant, locked.competition), set(wanted), ASKED, now or timezone.now())
