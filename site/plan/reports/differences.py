"""What differs between two frozen reports: item by item, in the words of the page. Pure over payloads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from editing.differences import abridged, merged

from .saying import figure_words, progress_words, standing_words


@dataclass(frozen=True)
class Change:
    """One item: its name and both versions as one text."""

    label: str
    pieces: tuple


def differences(before: dict, after: dict) -> list[Change]:
    """In the order of the report."""
    return [
        Change(label, tuple(abridged(merged(old, new))))
        for label, old, new in _pairs(before, after)
        if old.split() != new.split()
    ]


def _pairs(before, after):
    yield _("Unit"), before["unit"]["name"], after["unit"]["name"]
    yield from _listed(_("Target %(code)s"), before["targets"], after["targets"], _target_text)
    yield from _listed(_("Task %(code)s"), before["tasks"], after["tasks"], _task_text)
    yield _("Main results"), before["results"], after["results"]
    yield _("Difficulties and proposals"), _difficulties(before), _difficulties(after)
    yield pgettext("report", "What comes next"), before["next"], after["next"]
    yield _("People of the unit"), str(before["roll"]["people"]), str(after["roll"]["people"])


def _listed(label, before, after, text_of):
    old, new = ({entry["code"]: entry for entry in entries} for entries in (before, after))
    for code in dict.fromkeys([*new, *old]):
        texts = [text_of(entries[code]) if code in entries else "" for entries in (old, new)]
        yield label % {"code": code}, *texts


def _target_text(entry):
    parts = (figure_words(entry), standing_words(entry), entry["words"], entry["note"])
    return "\n".join(str(part) for part in parts if part)


def _task_text(entry):
    return "\n".join(str(part) for part in (progress_words(entry), entry["done"], entry["next"]) if part)


def _difficulties(payload):
    return "\n".join(
        f"{number}. {entry['text']}" + (f"\n→ {entry['proposal']}" if entry["proposal"] else "")
        for number, entry in enumerate(payload["difficulties"], start=1)
    )
