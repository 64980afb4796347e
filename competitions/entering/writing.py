"""Title and text: saved while typing, two windows at once included (`editing.merging`)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from editing.canonical import fingerprint
from editing.merging import kept_base, merge

from ..models import Entry
from .permits import lock_for_editing, mark_edited


class Conflict(Exception):
    """Nothing was written: `clashes` wait for a choice. The other version was saved at `at`."""

    def __init__(self, clashes, entry):
        self.clashes = clashes
        self.at = entry.edited_at
        super().__init__(", ".join(clash.name for clash in clashes))


@dataclass(frozen=True)
class Saved:
    """What a save did: the names written, and the fingerprints of what now stands as it was typed."""

    entry: Entry
    changed: tuple
    at: datetime
    base: dict = field(default_factory=dict)


def fields_of(competition):
    return ("title", "text") if competition.words_most else ("title",)


def base_of(entry):
    return {name: fingerprint(getattr(entry, name)) for name in fields_of(entry.competition)}


def save_content(entry, participant, answers, base, now=None):
    """Writes what the person changed. Raises `Conflict` and `NotEditable`."""
    with transaction.atomic():
        locked = lock_for_editing(entry, participant, now)
        stored = {name: getattr(locked, name) for name in fields_of(locked.competition)}
        answers = {name: value for name, value in answers.items() if name in stored}
        wanted, clashes = merge(answers, stored, base)
        if clashes:
            raise Conflict(clashes, locked)
        if wanted:
            for name, value in wanted.items():
                setattr(locked, name, value)
            locked.save(update_fields=list(wanted))
            mark_edited(locked)
    return Saved(locked, tuple(wanted), now or timezone.now(), kept_base(answers, {**stored, **wanted}))
