"""In which capacity somebody may act on an entry. Codes are stable; words come at rendering."""

from collections.abc import Callable
from dataclasses import dataclass

from .moves import CLOCK as THE_CLOCK


@dataclass(frozen=True)
class Capacity:
    code: str
    holds: Callable  # (entry, move) -> bool


def _leads(entry, move):
    participant = move.actor.participant
    return participant is not None and any(
        place.participant_id == participant.pk and place.role == "leader" and place.ended_at is None
        for place in entry.participations.all()
    )


def _organises(entry, move):
    from .models import CompetitionPage

    if move.actor.user is None:
        return False
    own = CompetitionPage.objects.organised_by(move.actor.user)
    return own.filter(pk=entry.competition_id).exists()


def _is_the_clock(entry, move):
    return move.actor is THE_CLOCK


LEADER = Capacity("leader", _leads)
ORGANISER = Capacity("organiser", _organises)
CLOCK = Capacity("clock", _is_the_clock)  # the worker, or a page that says the time is up: never a person


def acting_capacity(capacities, entry, move):
    """The first of `capacities` this actor holds for `entry`, or None."""
    return next((capacity for capacity in capacities if capacity.holds(entry, move)), None)
