"""What of a vote goes when it has served: marks of networks, pictures made for voters."""

from datetime import timedelta

from ..models import EntryFile, Phase, ResultState, Vote
from ..phases import PhaseCode, phase_at
from . import ballot, pictures, rules

KEPT_AFTER_CLOSE = timedelta(days=180)  # where no results are ever published


def forget_networks(now):
    """Drops the marks of networks once the results are published, or 180 days after the close."""
    marked = Vote.objects.exclude(network="")
    phases = Phase.objects.filter(
        code=PhaseCode.VOTE, competition__in=marked.values("competition")
    ).select_related("competition__result_list")
    served = [phase.competition_id for phase in phases if _has_served(phase, now)]
    return marked.filter(competition__in=served).update(network="")


def _has_served(phase, now):
    result_list = getattr(phase.competition, "result_list", None)
    is_out = result_list is not None and result_list.state == ResultState.PUBLISHED
    return is_out or phase_at([phase.window], now - KEPT_AFTER_CLOSE).is_over


def keep_pictures(now):
    """Draws the pictures of a running vote before somebody has to wait for one; takes away those of a vote
    that is over."""
    for phase in Phase.objects.filter(code=PhaseCode.VOTE).select_related("competition"):
        time = rules.time_of(phase.competition, now)
        if time.is_over and pictures.has_any(phase.competition_id):
            pictures.drop(phase.competition_id)
        elif time.is_open:
            _draw(phase.competition)


def _draw(competition):
    files = EntryFile.objects.filter(
        entry__in=ballot.entries_of(competition), content_type__startswith="image/"
    )
    for file in files.select_related("entry"):
        for size in pictures.SIZES:
            pictures.path_of(file, size)
