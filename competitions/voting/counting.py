"""The count: made once the vote is over, frozen with its hash, counted again whenever somebody asks.

Until the window closes no function here answers anything about single entries.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from notifications.events import announce
from scoring.freezing import canonical_json

from .. import acts, events, telling
from ..models import CompetitionPage, Phase, Vote, VoteCount
from ..phases import PhaseCode, phase_at
from . import rules

SETTLED = timedelta(minutes=1)  # a vote cast in the last second is committed long before this has passed


class NotOver(Exception):
    """The vote is not over: nobody is told anything about it."""


@dataclass(frozen=True)
class Comparison:
    """What was kept at the count and what the votes say now, both {entry code: votes}."""

    kept: VoteCount
    before: dict
    counted: dict

    @property
    def agrees(self):
        return self.before == self.counted and self.kept.sha256 == _hash(self.kept.payload.encode())


def total(competition):
    """How many votes there are in all; the one figure organisers see while the vote runs."""
    return Vote.objects.filter(competition=competition, voided_at__isnull=True).count()


def latest(competition, now):
    """The count that stands, or None while there is none."""
    _must_be_over(competition, now)
    return competition.vote_counts.order_by("-pk").first()


def figures_of(count):
    """{entry code: votes} of a kept count; an entry without a vote is not in it."""
    return json.loads(count.payload)


def recount(competition, now=None):
    """`Comparison` of the count that stands with the votes themselves; the first count is made where there
    is none. Changes nothing else: a difference is for people to look into."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _lock(competition)
        kept = latest(locked, now) or freeze(locked, now)
        return Comparison(kept, figures_of(kept), _counted(locked))


def freeze(competition, now):
    """The votes as they stand, as the count that counts from now on. Inside a transaction that holds the
    competition."""
    _must_be_over(competition, now)
    payload = canonical_json(_counted(competition))
    return VoteCount.objects.create(
        competition=competition, counted_at=now, payload=payload.decode(), sha256=_hash(payload)
    )


def count_closed(now):
    """The first count after each close; how many were made. A stopped worker makes them when it is back."""
    done = VoteCount.objects.filter(
        competition=OuterRef("competition"), counted_at__gte=OuterRef("closes_at")
    )
    phases = Phase.objects.filter(~Exists(done), code=PhaseCode.VOTE).select_related("competition")
    over = [phase for phase in phases if phase_at([phase.window], now - SETTLED).is_over]
    return sum(_count_closed(phase.competition, now) for phase in over)


@transaction.atomic
def _count_closed(competition, now):
    competition = _lock(competition)
    closes_at = competition.window(PhaseCode.VOTE).closes_at
    if competition.vote_counts.filter(counted_at__gte=closes_at).exists():
        return False  # another worker was first
    count = freeze(competition, now)
    acts.log(competition, "votes_counted", None, now=now, sha256=count.sha256)
    link = f"/cuoc-thi/to-chuc/{competition.code}/binh-chon/"
    announce(events.VOTES_COUNTED, telling.organisers_of(competition), link=link, subject=competition.code)
    return True


def _lock(competition):
    rows = CompetitionPage.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=competition.pk)


def _must_be_over(competition, now):
    time = rules.time_of(competition, now)
    if time is None or not time.is_over:
        raise NotOver(competition.code)


def _counted(competition):
    rows = Vote.objects.filter(competition=competition, voided_at__isnull=True)
    rows = rows.order_by().values_list("entry__code").annotate(votes=Count("pk"))
    return dict(rows)


def _hash(payload):
    return hashlib.sha256(payload).hexdigest()
