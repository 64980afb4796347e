"""Voiding votes: an act of the organiser with a written reason, before the results are out."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce

from .. import acts, events, telling
from ..models import CompetitionPage, ResultState, Vote
from ..moves import Refusal
from . import counting, rules
from .casting import VoteRefused

REASON_LENGTH = Vote._meta.get_field("void_reason").max_length


def refusal_for(competition, now):
    """Why no vote may be voided now, or None."""
    time = rules.time_of(competition, now)
    if time is None:
        return Refusal("no_vote")
    if not time.is_over:
        return Refusal("vote_not_over", {"closes_at": time.window.closes_at})
    result_list = getattr(competition, "result_list", None)
    if result_list is not None and result_list.state == ResultState.PUBLISHED:
        return Refusal("results_are_out")
    if counting.latest(competition, now) is None:
        return Refusal("not_counted_yet")
    return None


def void(user, competition, keys, reason, now=None):
    """Voids those of the votes `keys` that still count and makes a new count; how many there were."""
    now = now or timezone.now()
    reason = " ".join(reason.split())[:REASON_LENGTH]
    with transaction.atomic():
        rows = CompetitionPage.objects.select_for_update(of=("self",), no_key=True)
        locked = rows.get(pk=competition.pk)
        if refusal := refusal_for(locked, now):
            raise VoteRefused(refusal)
        if not reason:
            raise VoteRefused(Refusal("reason_missing", field="reason"))
        chosen = Vote.objects.filter(competition=locked, pk__in=keys, voided_at__isnull=True)
        votes = list(chosen.order_by("pk").values_list("pk", flat=True))
        if not votes:
            return 0
        Vote.objects.filter(pk__in=votes).update(
            voided_at=now, void_reason=reason, voided_by=user.display_name[:120]
        )
        count = counting.freeze(locked, now)
        acts.log(locked, "vote_voided", user, reason=reason, now=now, votes=votes, sha256=count.sha256)
        others = [person for person in telling.organisers_of(locked) if person.pk != user.pk]
        link = f"/cuoc-thi/to-chuc/{locked.code}/binh-chon/"
        announce(events.VOTES_VOIDED, others, link=link, subject=locked.code)
    return len(votes)
