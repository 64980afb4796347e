"""Writing in a sheet and sending it."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from scoring.models import SheetState

from ..events import SHEET_IN
from ..history import record
from ..models import SheetPoint
from ..moves import Actor, Answer
from .asking import SheetChanged, SheetRefused, locked_sheet, require
from .telling import to_watchers


def save_sheet(user, sheet, points, comment, *, base_version, comments=None, now=None):
    """Keeps a draft: `points` is {criterion: Decimal or None}, `comments` the words for criteria that take
    no points. A criterion left out stays as it was. Raises SheetRefused, SheetChanged."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_sheet(sheet)
        require(user, locked, now)
        if locked.edit_version != base_version:
            raise SheetChanged(locked)
        _write(locked, points, comment, comments or {})
    return locked


def _write(sheet, points, comment, comments):
    kept = {point.criterion: point for point in sheet.points.all()}
    changed = [*points, *comments]
    new = [SheetPoint(sheet=sheet, criterion=code) for code in changed if code not in kept]
    rows = kept | {point.criterion: point for point in new}
    for criterion, value in points.items():
        rows[criterion].points = value
    for criterion, words in comments.items():
        rows[criterion].comment = words
    SheetPoint.objects.bulk_update([kept[c] for c in changed if c in kept], ["points", "comment"])
    SheetPoint.objects.bulk_create(new)
    sheet.comment = comment
    sheet.state = SheetState.DRAFT
    sheet.edit_version += 1
    sheet.save(update_fields=["comment", "state", "edit_version", "updated_at"])


def missing_criteria(sheet):
    """The required criteria without points: a sheet lacking one is incomplete, never zero."""
    given = {p.criterion for p in sheet.points.all() if p.points is not None}
    return [c for c in sheet.initiative.rubric.rubric.required if c.code not in given]


def submit_sheet(user, sheet, points, comment, *, base_version, comments=None, now=None):
    """Sends a complete sheet; the last one in closes the evaluation. Raises SheetRefused, SheetChanged."""
    from .. import workflow

    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_sheet(sheet)
        require(user, locked, now)
        if locked.edit_version != base_version:
            raise SheetChanged(locked)
        _write(locked, points, comment, comments or {})
        if missing := missing_criteria(locked):
            raise SheetRefused(
                Answer("score", False, "sheet_incomplete", {"names": ", ".join(c.name for c in missing)}),
                locked.initiative,
            )
        locked.state, locked.submitted_at = SheetState.SUBMITTED, now
        locked.save(update_fields=["state", "submitted_at", "updated_at"])
        record(locked.initiative, "sheet_sent", Actor.of(user), "member", now)
        # One announcement a transaction, so that recipients are locked once, in key order: closing tells
        # everybody anyway.
        if not workflow.close_if_all_in(locked.initiative, now):
            announce_many([to_watchers(SHEET_IN, locked.initiative, now)])
    return locked
