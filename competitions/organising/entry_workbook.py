"""All entries of a competition as one Excel sheet, for the organiser's files."""

import json

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.workbook.writer import write_workbook

from ..lifecycle import EntryState
from .entry_list import latest_payload, people_of_all

_AT_ONCE = 500  # entries whose people are asked for in one query


def entries_workbook(competition, rows) -> bytes:
    """`rows` as bytes of an xlsx; what looks like a formula is text."""
    columns = [
        (pgettext("entry", "Code"), 18),
        (pgettext("entry", "Title"), 44),
        (_("State"), 16),
        (_("Handed in at"), 18),
        (_("After the close"), 12),
        (pgettext("team", "Leader"), 26),
        (_("E-mail"), 30),
        (_("Telephone"), 16),
        (_("Other members"), 40),
        (_("Files"), 8),
        (_("Reason"), 40),
    ]
    entries = list(rows.annotate(content=latest_payload()))
    people = {}
    for start in range(0, len(entries), _AT_ONCE):
        people |= people_of_all([entry.pk for entry in entries[start : start + _AT_ONCE]])
    values = [_row(entry, people[entry.pk]) for entry in entries]
    return write_workbook([(competition.code, columns, values)], title=competition.title)


def _row(entry, places):
    content = json.loads(entry.content or "{}")
    leader = next((place.participant for place in places if place.role == "leader"), None)
    members = [str(place.participant) for place in places if place.role != "leader"]
    return [
        entry.code,
        content.get("title", ""),
        capfirst(str(EntryState(entry.state).label)),
        f"{timezone.localtime(entry.submitted_at):%H:%M %d/%m/%Y}" if entry.submitted_at else "",
        pgettext("entry", "yes") if entry.is_late else "",
        str(leader) if leader else "",
        leader.email if leader else "",
        leader.phone if leader else "",
        ", ".join(members),
        len(content.get("files", [])),
        entry.public_reason,
    ]
