"""What a person says about themselves: only what the rules of the competition ask."""

import copy

from django.db import transaction

from ..eligibility import refusal_for
from ..models import Participant
from .permits import lock_for_answering


def asked_of(competition, participant):
    """The names of the fields this person is asked for, in order. What the roster already says of staff is
    not asked again."""
    staff = getattr(participant.user, "staff", None)
    names = ["full_name"]
    if competition.min_age is not None or competition.max_age is not None:
        names += [] if staff and staff.birth_date else ["birth_date"]
    if competition.ward_only and staff is None:
        names.append("place")
    return [*names, "phone"]


def refusal_with(competition, participant, values, now):
    """Why this person may not enter with these answers, or None; nothing is written."""
    return refusal_for(competition, _with(participant, values), now)


def describe(participant, values):
    """Keeps the answers. Call inside a transaction."""
    row = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    described = _with(participant, values)
    names = [name for name in (*values, "birth_date") if getattr(row, name) != getattr(described, name)]
    for name in names:
        setattr(row, name, getattr(described, name))
        setattr(participant, name, getattr(described, name))
    row.save(update_fields=list(dict.fromkeys(names)))


def _with(participant, values):
    described = copy.copy(participant)
    for name, value in values.items():
        setattr(described, name, value)
    staff = getattr(participant.user, "staff", None)
    if staff and staff.birth_date:
        described.birth_date = staff.birth_date
    return described


def keep(entry, participant, values):
    """Answers changed later, as long as the entry lives. Raises `NotEditable`."""
    with transaction.atomic():
        lock_for_answering(entry, participant)
        describe(participant, values)
