"""Importing without a preview, as the command does: it leaves a batch all the same, so that it can be taken
back. An import that changes nothing leaves nothing behind."""

import hashlib
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from people.workbook import Plan
from vietnamese.text import nfc

from ..models import ImportBatch, ImportRow
from ..workbook import WRITTEN, Importer, examine_rows, one_at_a_time, read_training, write_plan
from . import rows
from .following import Step, follow


def import_training(file, *, skip_errors=False, importer=None) -> Plan:
    """Reads `file` (binary, seekable), compares it with training as it is now, and writes unless the plan is
    refused. Raises WorkbookRefused."""
    importer = importer or Importer(name="import_training")
    # Read outside the transaction: nobody waits while a file is unpacked.
    read = read_training(file)
    digest = _digest(file)
    with transaction.atomic():
        one_at_a_time()
        plan = examine_rows(read, importer)
        if not plan.refused(skip_errors) and any(row.verdict in WRITTEN for row in plan.rows):
            _write(plan, read, importer, Path(getattr(file, "name", "") or "").name, digest)
    return plan


def _digest(file):
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _write(plan, read, importer, file_name, digest):
    now = timezone.now()
    batch = ImportBatch.objects.create(
        state=ImportBatch.State.DONE,
        file_name=nfc(file_name)[-200:],
        sha256=digest,
        by_id=importer.user_id,
        by_name=importer.name,
        at=now,
        applied_at=now,
        rows_read=read.count,
        rows_total=read.count,
    )
    outcome = carry_out(plan, importer, batch.pk)
    written = [row for row in plan.rows if (row.spec.code, row.number) in outcome]
    kept = rows.kept(batch, plan, read.columns, written)
    for row in kept:
        found = outcome[row.sheet, row.number]
        row.decision, row.was, row.wrote = ImportRow.Decision.APPLY, found.was, found.wrote
    rows.save(kept)
    batch.counts = rows.count(kept) | counts_of(plan)
    batch.save(update_fields=["counts"])


def carry_out(plan, importer, batch_pk):
    """Writes a plan nobody refuses and what follows from it; `{(sheet, row number): Outcome}`."""
    outcome = write_plan(plan, importer, batch_pk)
    attended = {found.wrote["session"] for (sheet, _n), found in outcome.items() if sheet == "attendance"}
    steps = [
        Step(sheet, found.wrote["pk"], found.was, found.wrote)
        for (sheet, _n), found in outcome.items()
        if sheet != "attendance"
    ]
    follow(steps, attended, importer, timezone.now(), "import")
    return outcome


def counts_of(plan):
    """What was done, as the list of imports shows it."""
    return {
        "created": plan.count("new"),
        "changed": plan.count("changed"),
        "unchanged": plan.count("same"),
        "left": plan.count("error") + plan.count("conflict"),
    }
