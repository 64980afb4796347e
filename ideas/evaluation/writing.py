"""Writing in a sheet and sending it."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from scoring.saving import hand_in, missing_criteria, write

from ..events import SHEET_IN
from ..history import record
from ..moves import Actor, Answer
from .asking import SheetRefused, locked_sheet, require
from .telling import to_watchers


def save_sheet(user, sheet, points, comment, *, base_version, comments=None, now=None):
    """Keeps a draft, see `scoring.saving.write`. Raises SheetRefused, SheetChanged."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_sheet(sheet)
        require(user, locked, now)
        write(locked, points, comment, comments, base_version=base_version)
    return locked


def submit_sheet(user, sheet, points, comment, *, base_version, comments=None, now=None):
    """Sends a complete sheet; the last one in closes the evaluation. Raises SheetRefused, SheetChanged."""
    from .. import workflow

    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_sheet(sheet)
        require(user, locked, now)
        write(locked, points, comment, comments, base_version=base_version)
        if missing := missing_criteria(locked, locked.initiative.rubric.rubric):
            raise SheetRefused(
                Answer("score", False, "sheet_incomplete", {"names": ", ".join(c.name for c in missing)}),
                locked.initiative,
            )
        hand_in(locked, now)
        record(locked.initiative, "sheet_sent", Actor.of(user), "member", now)
        # One announcement a transaction, so that recipients are locked once, in key order: closing tells
        # everybody anyway.
        if not workflow.close_if_all_in(locked.initiative, now):
            announce_many([to_watchers(SHEET_IN, locked.initiative, now)])
    return locked
