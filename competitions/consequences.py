"""What a step of an entry brings about in other rows, inside its transaction."""

import hashlib
import secrets

from django.db.models import Max

from papers.codes import ALPHABET
from scoring.freezing import canonical_json

from . import telling
from .models import Blueprint, Entry, EntryVersion, Participation

_HANDED_IN = ("submit", "submit_at_end", "resubmit", "submit_late")
_BLIND_LENGTH = 4


def follow(entry, move):
    """Receipt number and frozen version where it was handed in; places given up where it was withdrawn."""
    if move.transition in _HANDED_IN:
        _number(entry)
        freeze_version(entry, entry.submitted_at)
    elif move.transition == "withdraw":
        Participation.objects.filter(entry=entry, ended_at__isnull=True).update(ended_at=move.now)


def tell(entry, move):
    """The notices of the step; last in its transaction."""
    telling.entry_moved(entry, move)


def freeze_version(entry, now):
    """What the entry says now, frozen as its next version."""
    payload = canonical_json(payload_of(entry))
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
    places = entry.participations.filter(ended_at__isnull=True).select_related("participant")
    is_quiz = entry.competition.blueprint == Blueprint.QUIZ
    sitting = getattr(entry, "sitting", None) if is_quiz else None  # of others nobody asks for one
    return {
        "format": 1,
        "title": entry.title,
        "text": entry.text,
        "files": [
            {"name": f.name, "sha256": f.sha256, "size": f.size, "caption": f.caption}
            for f in entry.files.filter(removed_at__isnull=True)
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
