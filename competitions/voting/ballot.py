"""What is put to the vote, who keeps out of it, and in which order a visitor sees it."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Exists, Q

from people.models import User
from portal.readable import readable

from ..addresses import email_key
from ..consenting import PUBLISH_ENTRY, with_leaders_consent
from ..models import CompetitionPage, Entry, Finalist, OrganiserPermission, Participation
from ..phases import PhaseCode

RECENT = 2  # seconds


def entries_of(competition):
    """Finalists where there are any by now, else every entry that takes part; of these only what its leader
    agreed to have published. Asked anew each time: a consent taken back takes the entry off the page."""
    has_finalists = Exists(Finalist.objects.filter(competition=competition))
    counted = Entry.objects.counted().filter(competition=competition)
    counted = counted.filter(Q(finalist__isnull=False) | ~has_finalists)
    return with_leaders_consent(counted, competition, PUBLISH_ENTRY)


@dataclass(frozen=True)
class Ballot:
    """All that casting a vote asks of a competition besides the time, as plain values."""

    competition_id: int
    code: str
    entries: dict[str, int]  # by code
    people: dict[int, frozenset[int]]  # participants of each entry
    accounts: frozenset[int]  # of organisers and judges
    addresses: frozenset[str]  # of these accounts, as keys


def ballot_of(competition):
    """The `Ballot` of a competition as it stands now."""
    entries = dict(entries_of(competition).values_list("code", "pk"))
    people = defaultdict(set)
    places = Participation.objects.filter(entry__in=entries.values(), ended_at__isnull=True)
    for entry, participant in places.values_list("entry", "participant"):
        people[entry].add(participant)
    organises = Q(pk__in=OrganiserPermission.objects.filter(content_object=competition).values("user"))
    judges = Q(judge_seats__competition=competition, judge_seats__ended_at__isnull=True)
    deciding = User.objects.filter(organises | judges).values_list("pk", "email")
    accounts = {pk: email_key(email) for pk, email in deciding}
    return Ballot(
        competition.pk,
        competition.code,
        entries,
        {entry: frozenset(keys) for entry, keys in people.items()},
        frozenset(accounts),
        frozenset(filter(None, accounts.values())),
    )


def recent_ballot(slug):
    """The `Ballot` of a published competition with a public vote, at most two seconds old, or None.

    Hundreds may vote in the same seconds: what changed less than two seconds ago came just after the vote.
    """
    key = f"competitions-ballot-{slug}"
    found = cache.get(key)
    if found is None:
        competition = readable(CompetitionPage.objects.filter(slug=slug)).first()
        if competition is None or competition.window(PhaseCode.VOTE) is None:
            return None
        found = ballot_of(competition)
        cache.set(key, found, RECENT)
    return found


def in_order_for(seed, keys):
    """`keys` in an order of this seed's own: nobody stands first for everybody. Pure."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
