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
    rows = Entry.objects.seen_by_organisers(user).filter(competition=competition)
    return rows.order_by("number")


def survey(rows, state="", text=""):
    """(`rows` narrowed to a state and to those whose code or title has `text`, marks aside; how many these
    are; [(state, label, how many)] of all). One query."""
    words = fold(text).split()
    if words:
        known = rows.annotate(content=latest_payload()).values_list("pk", "state", "code", "content")
    else:
        known = [(pk, kept, "", "") for pk, kept in rows.values_list("pk", "state")]
    known = list(known)
    states = [kept for _pk, kept, *_words in known]
    counts = [(one.value, capfirst(one.label), states.count(one.value)) for one in STATES]
    if state in {one.value for one in STATES}:
        rows = rows.filter(state=state)
        known = [line for line in known if line[1] == state]
    if words:
        known = [line for line in known if _has(words, *line[2:])]
        rows = rows.filter(pk__in=[pk for pk, *_rest in known])
    return rows, len(known), counts


def _has(words, code, payload):
    haystack = fold(f"{code} {json.loads(payload)['title']}")
    return all(word in haystack for word in words)


def latest_payload():
    """The content that counts, as a subquery of entries."""
    versions = EntryVersion.objects.filter(entry=OuterRef("pk")).order_by("-number")
    return Subquery(versions.values("payload")[:1])


def lines(rows) -> list[Line]:
    """Of a slice of entries; two queries for any number."""
    entries = list(rows)
    people = people_of_all([entry.pk for entry in entries])
    return [
        Line(
            entry,
            json.loads(entry.content or "{}"),
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
