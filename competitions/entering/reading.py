"""What an entry's pages show: its files, its versions, what happened to it."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vietnamese.dates import spoken_moment

from ..lifecycle import EntryState
from ..models import EntryFile, Participation
from .handing_in import counting_version


@dataclass(frozen=True)
class Version:
    """A version that was handed in, read back from its frozen form. `files`: (as told, the row or None)."""

    number: int
    at: datetime
    sha256: str
    title: str
    text: str
    files: list
    team: list
    counts: bool


@dataclass(frozen=True)
class Happened:
    """One line of what happened (templates/components/timeline.html)."""

    at: datetime
    title: str
    note: str = ""
    kind: str = "done"

    @property
    def when(self):
        return spoken_moment(self.at)


_STEPS = {
    "submit": pgettext_lazy("entry", "Handed in"),
    "resubmit": gettext_lazy("A new version was handed in"),
    "submit_at_end": gettext_lazy("Handed in by the portal when the time was up"),
    "submit_late": gettext_lazy("Taken in by the organisers after the close"),
    "withdraw": pgettext_lazy("entry", "Withdrawn"),
    "refuse": gettext_lazy("Not admitted by the organisers"),
    "reinstate": gettext_lazy("Admitted again by the organisers"),
}
_BY_ORGANISERS = ("submit_late", "refuse", "reinstate")


def version_of(entry, number) -> Version | None:
    """One version with its files as rows, or None."""
    row = next((version for version in entry.versions.all() if version.number == number), None)
    if row is None:
        return None
    payload = json.loads(row.payload)
    stored = {file.sha256: file for file in entry.files.all()}
    return Version(
        number=row.number,
        at=row.submitted_at,
        sha256=row.sha256,
        title=payload["title"],
        text=payload["text"],
        files=[(told, stored.get(told["sha256"])) for told in payload["files"]],
        team=payload["team"],
        counts=row.number == counting_version(entry).number,
    )


def files_of(entry):
    """Files of the working copy."""
    return [file for file in entry.files.all() if file.removed_at is None]


def file_of(entry, pk) -> EntryFile | None:
    """A file of the entry, taken off or not: a version that was handed in may name it."""
    return next((file for file in entry.files.all() if file.pk == pk), None)


def team_of(entry):
    """The places that stand, the leader's first."""
    return [place for place in entry.participations.all() if place.ended_at is None]


def storyline(entry):
    """What happened, the latest first: steps, and who came and went."""
    lines = [Happened(entry.created_at, _("Entry begun"))]
    lines += [_step(line) for line in entry.history.all()]
    for place in entry.participations.all():
        lines += _of_place(entry, place)
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _step(line):
    by = _("the organisers") if line.transition in _BY_ORGANISERS else line.actor_name
    note = _("By %(who)s.") % {"who": by} if line.transition != "submit_at_end" else ""
    return Happened(line.at, str(_STEPS[line.transition]), f"{note} {line.reason}".strip())


def _of_place(entry, place):
    if place.role == Participation.Role.LEADER:
        return
    name = {"name": str(place.participant)}
    yield Happened(place.joined_at, _("%(name)s joined the team") % name)
    if place.ended_at and entry.state != EntryState.WITHDRAWN:
        yield Happened(place.ended_at, _("%(name)s left the team") % name)
