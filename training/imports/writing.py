"""Writes a preview: read again, compared with training as it is now, one transaction, once.

Where anything differs from what the person saw, nothing is written and the preview shows what is so now.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ..models import ImportBatch, ImportRow
from ..workbook import WRITTEN, examine_rows, one_at_a_time, read_training
from . import rows
from .batches import forget_file, importer_of
from .direct import carry_out, counts_of

State, Decision = ImportBatch.State, ImportRow.Decision
_WRONG = frozenset({ImportRow.Verdict.INVALID, ImportRow.Verdict.UNKNOWN})


@dataclass(frozen=True)
class Result:
    """`code`: written, over (somebody was quicker), undecided, errors, changed (the preview is another now:
    `rows` of it), nothing."""

    code: str
    rows: int = 0

    @property
    def is_written(self):
        return self.code == "written"


def apply(user, pk, *, leave_errors=False) -> Result:
    """Writes the batch as decided. `leave_errors`: the person knows that wrong rows are left out."""
    batch = ImportBatch.objects.get(pk=pk)
    if batch.state != State.PREVIEW:
        return Result("over")
    try:
        # Read outside the transaction: nobody waits while a file is unpacked.
        with batch.file.open("rb") as file:
            read = read_training(file)
    except FileNotFoundError:  # written or dropped a moment ago
        return Result("over")
    with transaction.atomic():
        one_at_a_time()
        locked = ImportBatch.objects.select_for_update().get(pk=pk)
        if locked.state != State.PREVIEW:
            return Result("over")
        return _decided(locked, read, importer_of(user), leave_errors)


def _decided(batch, read, importer, leave_errors):
    shown = {(row.sheet, row.number): row for row in batch.rows.all()}
    _follow(read, shown)
    plan = examine_rows(read, importer)
    fresh = {(row.sheet, row.number): row for row in rows.kept(batch, plan, read.columns)}
    different = [key for key, row in fresh.items() if _is_news(shown.get(key), row)]
    if different:
        _show_anew(batch, plan, shown, fresh)
        return Result("changed", len(different))
    if plan.conflicts:
        return Result("undecided", plan.count("conflict"))
    if plan.errors and not leave_errors:
        return Result("errors", plan.count("error"))
    if not any(row.verdict in WRITTEN for row in plan.rows):
        return Result("nothing")
    outcome = carry_out(plan, importer, batch.pk)
    _close(batch, plan, shown, fresh, outcome, importer)
    return Result("written", len(outcome))


def _follow(read, shown):
    """Leaves out the rows that are to be left, and puts the chosen people in."""
    for sheet, of_sheet in read.rows.items():
        read.rows[sheet] = [row for row in of_sheet if not _is_left(shown.get((sheet, row.number)))]
        for row in read.rows[sheet]:
            kept = shown.get((sheet, row.number))
            if kept and kept.chosen:
                row.values["staff"] = kept.chosen


def _is_left(kept):
    return kept is not None and kept.decision == Decision.SKIP


def _is_news(shown, fresh):
    """Whether a row means something else than the person saw. Of a row with a chosen person only a new
    trouble is news: what it does follows from the choice."""
    if shown is None:
        return True
    if shown.chosen:
        return fresh.verdict in _WRONG and shown.verdict != fresh.verdict
    return (shown.verdict, shown.before, shown.after) != (fresh.verdict, fresh.before, fresh.after)


def _show_anew(batch, plan, shown, fresh):
    """The preview as it is now; decisions stay, but a chosen person that no longer does is asked again."""
    for key, row in fresh.items():
        old = shown.get(key)
        if old:
            row.decision, row.chosen = old.decision, old.chosen
            if old.chosen and row.verdict not in _WRONG:
                row.verdict, row.issues, row.candidates = old.verdict, old.issues, old.candidates
                row.before, row.after = old.before, old.after
    kept = _in_order(shown, fresh)
    rows.replace(batch, kept)
    batch.counts, batch.file_issues = rows.count(kept), rows.file_issues(plan)
    batch.save()


def _in_order(shown, fresh):
    """Fresh rows, and those left out of the comparison, in the order of the file."""
    merged = [fresh.get(key) or _unsaved(row) for key, row in shown.items()]
    return merged + [row for key, row in fresh.items() if key not in shown]


def _unsaved(row):
    row.pk, row._state.adding = None, True
    return row


def _close(batch, plan, shown, fresh, outcome, importer):
    for key, row in fresh.items():
        row.chosen = shown[key].chosen
        if key in outcome:
            row.decision = Decision.APPLY
            row.was, row.wrote = outcome[key].was, outcome[key].wrote
        elif row.verdict != ImportRow.Verdict.SAME:
            row.decision = Decision.SKIP
    kept = _in_order(shown, fresh)
    rows.replace(batch, kept)
    left = sum(row.decision == Decision.SKIP for row in kept)
    batch.state, batch.applied_at = State.DONE, timezone.now()
    batch.by_id, batch.by_name = importer.user_id, importer.name
    batch.counts = rows.count(kept) | counts_of(plan) | {"left": left}
    forget_file(batch)
    batch.save()
