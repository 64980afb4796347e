"""What is put to the vote, and in which order a visitor sees it."""

import hashlib

from django.db.models import Exists, Q

from ..consenting import PUBLISH_ENTRY, with_leaders_consent
from ..models import Entry, Finalist


def entries_of(competition):
    """Finalists where there are any by now, else every entry that takes part; of these only what its leader
    agreed to have published. Asked anew each time: a consent taken back takes the entry off the page."""
    has_finalists = Exists(Finalist.objects.filter(competition=competition))
    counted = Entry.objects.counted().filter(competition=competition)
    counted = counted.filter(Q(finalist__isnull=False) | ~has_finalists)
    return with_leaders_consent(counted, competition, PUBLISH_ENTRY)


def in_order_for(seed, keys):
    """`keys` in an order of this seed's own: nobody stands first for everybody. Pure."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
