"""One entry as its organisers read it: the version that counts, who is in it and whether they may be, what
happened to it, what can be done now."""

import json
from dataclasses import dataclass

from django.utils import timezone

from trust.consents import purpose_of, standing

from .. import consenting, eligibility, workflow
from ..lifecycle import EntryState
from ..moves import Actor
from .entry_list import people_of_all

STEPS = ("refuse", "reinstate")


@dataclass(frozen=True)
class Person:
    place: object
    is_staff: bool
    age: int | None
    refusal: object  # moves.Refusal or None
    consents: list  # [(label, given)]

    @property
    def participant(self):
        return self.place.participant


def content_of(entry) -> dict:
    """What was handed in last."""
    return json.loads(entry.versions.order_by("-number").values_list("payload", flat=True).first() or "{}")


def files_of(entry):
    """The files of the version that counts; what was put beside it since is nobody's but the writers'."""
    wanted = [file["sha256"] for file in content_of(entry).get("files", [])]
    kept = {}
    for file in entry.files.order_by("removed_at", "pk"):
        kept.setdefault(file.sha256, file)
    return [kept[key] for key in dict.fromkeys(wanted) if key in kept]


def people_of(entry, competition, now) -> list[Person]:
    asks_age = competition.min_age is not None or competition.max_age is not None
    found = []
    for place in people_of_all([entry.pk])[entry.pk]:
        participant = place.participant
        given = standing(consenting.subject_of(participant, competition))
        age = None
        if asks_age and participant.birth_date:
            age = eligibility.age_on(participant.birth_date, eligibility.day_of_age(competition, now))
        found.append(
            Person(
                place,
                getattr(participant.user, "staff", None) is not None,
                age,
                eligibility.refusal_for(competition, participant, now),
                [(purpose_of(code).label, code in given) for code in consenting.ASKED],
            )
        )
    return found


def steps_of(entry, user, now=None):
    """The answers about what an organiser can do with it now; only those that follow from its state."""
    now = now or timezone.now()
    answers = [workflow.may(entry, step, Actor.of(user=user), now=now) for step in STEPS]
    return [answer for answer in answers if answer.reason != "wrong_state"]


def state_label(entry):
    return EntryState(entry.state).label
