"""Handing in, and whether the working copy says more than the version that counts."""

from dataclasses import replace

from scoring.freezing import hash_of

from .. import workflow
from ..consequences import payload_of
from ..lifecycle import EntryState
from ..models import Blueprint, Entry
from ..rules import refusal_to_take
from .permits import ALIVE


def transition_of(entry):
    return "submit" if entry.state == EntryState.DRAFT else "resubmit"


def counting_version(entry):
    """The version that counts: the latest; None before the first."""
    return max(entry.versions.all(), key=lambda version: version.number, default=None)


def has_changed(entry):
    """Whether the working copy differs from the version that counts; a quiz has nothing that could be handed
    in again. `entry` with its content prefetched."""
    version = counting_version(entry)
    if version is None or entry.competition.blueprint == Blueprint.QUIZ:
        return False
    return hash_of(payload_of(entry)) != version.sha256


def ask(entry, actor, now):
    """`Answer` for handing in now; the same content is not handed in twice."""
    answer = workflow.may(entry, transition_of(entry), actor, now=now)
    if answer.allowed and entry.state == EntryState.SUBMITTED and not has_changed(entry):
        return replace(answer, allowed=False, reason="nothing_changed")
    return answer


def hand_in(entry, actor, seen):
    """The entry as it stands then. `seen`: how many versions the page knew of. Raises `workflow.Refused`."""
    return workflow.move(entry, transition_of(entry), actor, seen=seen)


def still_open(entry, now):
    """Whether what is written now can still be handed in."""
    return entry.state in ALIVE and refusal_to_take(entry.competition, now) is None


def with_content(entries=None):
    """Entries with all their pages look at; as many queries for thirty as for one."""
    rows = Entry.objects.all() if entries is None else entries
    return rows.select_related("competition").prefetch_related(
        "competition__phases",
        "files",
        "versions",
        "invitations",
        "participations__participant__user__staff",
    )
