"""What a step of an entry brings about in other rows, inside its transaction."""

import hashlib
import secrets

from django.db.models import Max

from papers.codes import ALPHABET
from scoring.freezing import canonical_json
from trust.consents import set_consents

from . import telling
from .consenting import ASKED, subject_of
from .judging import following
from .models import Blueprint, Entry, EntryVersion, Participation

_HANDED_IN = ("submit", "submit_at_end", "resubmit", "submit_late")
_BLIND_LENGTH = 4


def follow(entry, move):
    """Receipt number and frozen version where it was handed in; places given up where it was withdrawn."""
    if move.transition in _HANDED_IN:
        _number(entry)
        freeze_version(entry, entry.submitted_at)
    elif move.transition == "withdraw":
        give_up(entry.participations.filter(ended_at__isnull=True), move.now)


def give_up(places, now):
    """Ends these places, and with each the consents its person gave for the competition: what they were given
    for is over."""
    for place in places.select_related("participant", "competition"):
        set_consents(subject_of(place.participant, place.competition), (), ASKED, now)
        Participation.objects.filter(pk=place.pk).update(ended_at=now)


def tell(entry, move):
    """What judging makes of the step, then its notices; last in its transaction, the entry being saved."""
    telling.entry_moved(entry, move, following.entry_moved(entry, move.transition))


def freeze_version(entry, now):
    """What the entry says now, frozen as its next version."""
    stored = Entry.objects.prefetch_related("files", "participations__participant").get(pk=entry.pk)
    payload = canonical_json(payload_of(stored))
    number = (entry.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return EntryVersion.objects.create(
        entry=entry,
        number=number,
        submitted_at=now,
        payload=payload.decode(),
        sha256=hashlib.sha256(payload).hexdigest(),
    )


def payload_of(entry):
    """The entry's content as data: text, files by hash, who is in it by name. No address, no birth date."""
    places = [place for place in entry.participations.all() if place.ended_at is None]
    is_quiz = entry.competition.blueprint == Blueprint.QUIZ
    sitting = getattr(entry, "sitting", None) if is_quiz else None  # of others nobody asks for one
    return {
        "format": 1,
        "title": entry.title,
        "text": entry.text,
        "files": [
            {"name": f.name, "sha256": f.sha256, "size": f.size, "caption": f.caption}
            for f in entry.files.all()
            if f.removed_at is None
        ],
        "team": [{"name": str(place.participant), "role": place.role} for place in places],
        **({"sitting": sitting_payload(sitting)} if sitting else {}),
    }


def sitting_payload(sitting):
    """A quiz as it was sat: questions by key, each with the answer chosen (null for none), and marks."""
    chosen = dict(sitting.answers.values_list("question", "choice"))
    return {
        "answers": [[question, chosen.get(question)] for question, _choices in sitting.paper],
        "right": sitting.right,
        "seconds": sitting.seconds,
    }


def _number(entry):
    if entry.number is not None:
        return
    rows = Entry.objects.filter(competition=entry.competition_id)
    entry.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    entry.code = f"{entry.competition.code}-{entry.number:03d}"
    taken = set(rows.values_list("blind_code", flat=True))
    while not entry.blind_code or entry.blind_code in taken:
        entry.blind_code = "".join(secrets.choice(ALPHABET) for _ in range(_BLIND_LENGTH))
