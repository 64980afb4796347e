"""Who may write in an entry now. A question answers None, or a `Refusal`."""

from django.utils import timezone

from ..eligibility import refusal_for
from ..lifecycle import EntryState
from ..models import Blueprint, Entry, Participation
from ..moves import Refusal
from ..rules import refusal_to_take

ALIVE = (EntryState.DRAFT, EntryState.SUBMITTED)


class NotEditable(Exception):
    """Nothing was written; `refusal` says why."""

    def __init__(self, refusal):
        self.refusal = refusal
        super().__init__(refusal.code)


def refusal_to_start(competition, participant, now):
    """Why this person cannot begin an entry, or None. What they can still answer themselves (a missing birth
    date) is no reason here."""
    if competition.blueprint == Blueprint.FORUM:
        return Refusal("takes_no_entries")
    if refusal := refusal_to_take(competition, now):
        return refusal
    refusal = refusal_for(competition, participant, now)
    return refusal if refusal and not refusal.field else None


def place_of(entry, participant):
    """The person's standing place in the entry, or None."""
    places = entry.participations.all()
    return next((p for p in places if p.participant_id == participant.pk and p.ended_at is None), None)


def leads(entry, participant):
    place = place_of(entry, participant)
    return place is not None and place.role == Participation.Role.LEADER


def refusal_to_edit(entry, participant, now):
    """Title, text, files and team are the leader's, as long as entries are taken."""
    return _refusal_of_state(entry) or _refusal_of_person(entry, participant, now)


def _refusal_of_state(entry):
    return None if entry.state in ALIVE else Refusal("wrong_state", {"state": entry.state})


def _refusal_of_person(entry, participant, now):
    if not leads(entry, participant):
        return Refusal("only_leader")
    return refusal_to_take(entry.competition, now)


def refusal_to_answer(entry, participant):
    """What one says about oneself, and what one agrees to: everybody in the entry, at any time it lives."""
    if refusal := _refusal_of_state(entry):
        return refusal
    return None if place_of(entry, participant) else Refusal("not_in_entry")


def lock_for_editing(entry, participant, now=None):
    """The entry's row, locked, if its leader may still write in it; the moment is read inside the lock. Call
    inside a transaction. Raises `NotEditable`."""
    locked = lock(entry)
    if refusal := refusal_to_edit(locked, participant, now or timezone.now()):
        raise NotEditable(refusal)
    return locked


def lock_for_answering(entry, participant):
    """The same for what everybody in the entry may say of themselves."""
    locked = lock(entry)
    if refusal := refusal_to_answer(locked, participant):
        raise NotEditable(refusal)
    return locked


def lock(entry):
    rows = Entry.objects.select_for_update(of=("self",)).select_related("competition")
    return rows.get(pk=entry.pk)


def mark_edited(entry):
    """Every saved edit raises the version, so that an older page notices."""
    entry.edit_version += 1
    entry.save(update_fields=["edit_version", "edited_at"])
