"""A draft saved as it is typed, two people at once included (`editing.merging`)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from editing.canonical import fingerprint
from editing.merging import kept_base, merge

from ..models import UnitReport
from .access import writes
from .sheet import MOST_ROWS, ROWS, Sheet


class NotEditable(Exception):
    """The report is not with the unit now, or not this person's to write."""


class Conflict(Exception):
    """Nothing was written: `clashes` wait for a choice. `by` saved at `at`."""

    def __init__(self, clashes, report):
        self.clashes, self.by, self.at = clashes, report.edited_by_name, report.edited_at
        super().__init__(", ".join(clash.name for clash in clashes))


@dataclass(frozen=True)
class Saved:
    """What a save did: the names written, and the fingerprints of what now stands as it was typed."""

    report: UnitReport
    changed: tuple
    at: datetime
    base: dict = field(default_factory=dict)


def base_of(sheet, step):
    return {name: fingerprint(value) for name, value in sheet.stored(step).items()}


def save_step(report, user, step, answers, base, now=None) -> Saved:
    """Writes what the person changed of one step. Raises `Conflict` and `NotEditable`.

    `answers` holds checked values as plain text; names it lacks are left alone.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_for_writing(report, user)
        stored = Sheet.of(locked).stored(step)
        answers = {name: value for name, value in answers.items() if name in stored}
        wanted, clashes = merge(answers, stored, base)
        if clashes:
            raise Conflict(clashes, locked)
        if wanted:
            locked.answers = {**locked.answers, **wanted}
            _mark(locked, user, now)
    return Saved(locked, tuple(wanted), now, kept_base(answers, {**stored, **wanted}))


def add_row(report, user, now=None):
    """Room for one more difficulty."""
    with transaction.atomic():
        locked = lock_for_writing(report, user)
        room = Sheet.of(locked).row_count
        locked.answers = {**locked.answers, ROWS: min(MOST_ROWS, room + 1)}
        _mark(locked, user, now or timezone.now())
    return locked


def lock_for_writing(report, user):
    """The report's row, locked, if this person may still write in it. Call inside a transaction."""
    locked = (
        UnitReport.objects.select_for_update(of=("self",)).select_related("period", "unit").get(pk=report.pk)
    )
    if not locked.is_open or not writes(user, locked):
        raise NotEditable(locked.pk)
    return locked


def _mark(report, user, now):
    report.edit_version += 1
    report.edited_at, report.edited_by, report.edited_by_name = now, user, user.display_name
    report.save(update_fields=["answers", "edit_version", "edited_at", "edited_by", "edited_by_name"])
