"""What is written in a sheet, over the row of the sheet and the rows of its points, whoever's sheet it is.

Call these inside a transaction with the sheet's row locked, after asking whether this person may write.
"""

from .models import SheetState


class SheetChanged(Exception):
    """The sheet was saved elsewhere meanwhile; `sheet` is what is kept now."""

    def __init__(self, sheet):
        self.sheet = sheet
        super().__init__(sheet.pk)


def write(sheet, points, comment, comments=None, *, base_version):
    """Keeps a draft: `points` is {criterion: Decimal or None}, `comments` the words for criteria that take no
    points. A criterion left out stays as it was. Raises `SheetChanged` unless `base_version` is the kept one.
    """
    if sheet.edit_version != base_version:
        raise SheetChanged(sheet)
    _write_points(sheet, points, comments or {})
    sheet.comment = comment
    sheet.state = SheetState.DRAFT
    sheet.edit_version += 1
    sheet.save(update_fields=["comment", "state", "edit_version", "updated_at"])


def _write_points(sheet, points, comments):
    rows = sheet.points.model.objects
    kept = {point.criterion: point for point in sheet.points.all()}
    changed = list(dict.fromkeys([*points, *comments]))
    new = [rows.model(sheet=sheet, criterion=code) for code in changed if code not in kept]
    named = kept | {point.criterion: point for point in new}
    for criterion, value in points.items():
        named[criterion].points = value
    for criterion, words in comments.items():
        named[criterion].comment = words
    rows.bulk_update([kept[code] for code in changed if code in kept], ["points", "comment"])
    rows.bulk_create(new)


def missing_criteria(sheet, rubric):
    """The required criteria without points: a sheet lacking one is incomplete, never zero."""
    given = {point.criterion for point in sheet.points.all() if point.points is not None}
    return [criterion for criterion in rubric.required if criterion.code not in given]


def hand_in(sheet, now):
    """Sent: from here on its member reads it."""
    sheet.state, sheet.submitted_at = SheetState.SUBMITTED, now
    sheet.save(update_fields=["state", "submitted_at", "updated_at"])


def give_back(sheet):
    """A sent sheet becomes its member's draft again."""
    sheet.state, sheet.submitted_at = SheetState.DRAFT, None
    sheet.save(update_fields=["state", "submitted_at", "updated_at"])


def give_up(sheet, state, reason=""):
    """A sheet nobody goes on with: what was written in it goes (a sheet half done judges nothing)."""
    sheet.state, sheet.comment = state, ""
    sheet.recusal_reason = reason or sheet.recusal_reason
    sheet.edit_version += 1
    sheet.save(update_fields=["state", "comment", "recusal_reason", "edit_version", "updated_at"])
    sheet.points.all().delete()
