"""What of competitions everybody may read, each list in a constant number of queries."""

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from portal.readable import readable

from .models import CompetitionPage, Phase

OPEN, COMING, JUDGING, PAST = "open", "coming", "judging", "past"
_TAKES_PART = ("entry", "vote", "event")
_NAMED = ("title", "url_path", "blueprint", "summary", "first_published_at", "last_published_at")


def published():
    """Competitions everybody may read, with their windows."""
    rows = readable(CompetitionPage.objects.all())
    return rows.prefetch_related(Prefetch("phases", Phase.objects.order_by("opens_at")))


def listed():
    """The same with what a list names of them and no more: a page has some fifty columns."""
    return published().only(*_NAMED)


def not_over(now):
    """Of those, the ones with a window that has not closed at `now`."""
    open_later = Phase.objects.filter(competition=OuterRef("pk"), closes_at__gt=now)
    return listed().filter(Exists(open_later))


def group_of(standing):
    """In which part of the list a competition stands: whether the public can take part, has to wait, or it is
    over. Between two windows it is being judged."""
    if standing.code in _TAKES_PART:
        return OPEN
    if standing.is_over:
        return PAST
    return JUDGING if standing.has_begun else COMING


def grouped(now=None, competitions=None):
    """{group: [(competition, standing)]} of these, of all that are out when none are given: open by what
    closes first, coming by what opens first, past by what ended last."""
    now = now or timezone.now()
    found = {OPEN: [], COMING: [], JUDGING: [], PAST: []}
    for competition in listed() if competitions is None else competitions:
        standing = competition.standing(now)
        found[group_of(standing)].append((competition, standing))
    found[OPEN].sort(key=lambda pair: (pair[1].current.closes_at, pair[0].pk))
    found[COMING].sort(key=lambda pair: (pair[1].next.opens_at if pair[1].next else now, pair[0].pk))
    found[JUDGING].sort(key=lambda pair: pair[0].pk)
    found[PAST].sort(key=lambda pair: (pair[1].last.closes_at, pair[0].pk), reverse=True)
    return found


def next_edge(standings, now):
    """The first moment after `now` at which one of these standings is no longer true, or None."""
    edges = [s.current.closes_at for s in standings if s.current]
    edges += [s.next.opens_at for s in standings if s.next]
    return min((edge for edge in edges if edge > now), default=None)
