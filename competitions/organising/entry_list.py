"""The entries of a competition as its organisers find them: by state, code, title."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils.text import capfirst

from vietnamese.text import fold

from ..lifecycle import EntryState
from ..models import Entry, EntryVersion, Participation

STATES = (EntryState.SUBMITTED, EntryState.REFUSED, EntryState.WITHDRAWN)


@dataclass(frozen=True)
class Line:
    """One entry, in the words of the version that counts."""

    entry: Entry
    content: dict
    leader: str
    team: int

    @property
    def title(self):
        return self.content.get("title", "")

    @property
    def state_label(self):
        return capfirst(EntryState(self.entry.state).label)

    @property
    def submitted_at(self) -> datetime:
        return self.entry.submitted_at


def entries_of(competition, user):
    """What was handed in, in the order it came; never a draft."""
    return Entry.objects.seen_by_organisers(user).filter(competition=competition).order_by("number")


def found(rows, state="", text=""):
    """`rows` narrowed to a state and to those whose code or title has `text`, marks aside."""
    if state in {code.value for code in STATES}:
        rows = rows.filter(state=state)
    words = fold(text).split()
    if not words:
        return rows
    keys = []
    for pk, code, payload in rows.annotate(content=latest_payload()).values_list("pk", "code", "content"):
        haystack = fold(f"{code} {json.loads(payload)['title']}")
        if all(word in haystack for word in words):
            keys.append(pk)
    return rows.filter(pk__in=keys)


def counts(rows):
    """[(state, label, how many)] of STATES; one query."""
    states = list(rows.order_by().values_list("state", flat=True))
    return [(state.value, capfirst(state.label), states.count(state.value)) for state in STATES]


def latest_payload():
    """The content that counts, as a subquery of entries."""
    versions = EntryVersion.objects.filter(entry=OuterRef("pk")).order_by("-number")
    return Subquery(versions.values("payload")[:1])


def lines(entries) -> list[Line]:
    """Two queries for any number."""
    entries = list(entries)
    keys = [entry.pk for entry in entries]
    payloads = dict(
        Entry.objects.filter(pk__in=keys).annotate(content=latest_payload()).values_list("pk", "content")
    )
    people = people_of_all(keys)
    return [
        Line(
            entry,
            json.loads(payloads[entry.pk] or "{}"),
            next((str(p.participant) for p in people[entry.pk] if p.role == "leader"), ""),
            len(people[entry.pk]),
        )
        for entry in entries
    ]


def people_of_all(keys) -> dict[int, list[Participation]]:
    """{entry: places}: those of now, of a withdrawn entry those it had last; one query."""
    found = {key: [] for key in keys}
    rows = Participation.objects.filter(entry__in=keys).select_related("participant__user", "entry")
    for place in rows.order_by("role", "joined_at", "pk"):
        if place.ended_at is None or place.entry.state == EntryState.WITHDRAWN:
            found[place.entry_id].append(place)
    return found
