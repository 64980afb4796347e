"""A file from upload to preview: kept privately, read at once when short, else by the worker.

The batch's row is the truth; the task is only a nudge, and the worker's clock takes up what nobody reads.
"""

import hashlib
import logging
import zipfile
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from people.workbook import WorkbookRefused
from people.workbook.container import MAX_BYTES, check_container, too_large
from people.workbook.opening import is_text
from vietnamese.text import nfc

from ..models import ImportBatch
from ..workbook import Importer, examine_rows, read_training
from . import rows

log = logging.getLogger(__name__)
State = ImportBatch.State
SHORT_SHEETS, SHORT_TEXT = 400_000, 80_000  # bytes unpacked, bytes of text: about a thousand rows
SILENCE = timedelta(minutes=2)  # a reading that says nothing for so long is over
MOST_ATTEMPTS = 3
PREVIEW_DAYS = 7


def importer_of(user) -> Importer:
    """Who brings a file in, for what it says “Có” to without a name."""
    if user is None:
        return Importer()
    staff = getattr(user, "staff", None)
    return Importer(staff.staff_code if staff else "", user.display_name, user.pk)


def begin(user, file, file_name) -> ImportBatch:
    """Keeps `file` (binary, seekable) to be read. Raises WorkbookRefused for what is clearly no workbook."""
    _check(file)
    file.seek(0)
    content = file.read()
    batch = ImportBatch(
        by=user,
        by_name=user.display_name,
        file_name=nfc(file_name)[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        at=timezone.now(),
    )
    ending = "xlsx" if content.startswith(b"PK") else "csv"
    batch.file.save(f"training.{ending}", ContentFile(content), save=False)
    try:
        batch.save(force_insert=True)
    except BaseException:
        batch.file.delete(save=False)
        raise
    return batch


def _check(file):
    size = file.seek(0, 2)
    file.seek(0)
    if size > MAX_BYTES:
        raise too_large(size)
    if not is_text(file):
        check_container(file)


def is_short(batch) -> bool:
    """Whether reading takes no longer than a page may."""
    with batch.file.open("rb") as file:
        if file.read(2) != b"PK":
            return file.seek(0, 2) <= SHORT_TEXT
        with zipfile.ZipFile(file) as parts:
            return sum(entry.file_size for entry in parts.infolist()) <= SHORT_SHEETS


@task()
def read_in_background(pk):
    read(pk)


def read(pk):
    """Reads a batch that waits for it, compares it with training as it is now, and keeps the preview. Does
    nothing while another process reads it."""
    batch = _claim(pk)
    if batch is None:
        return
    try:
        with batch.file.open("rb") as file:
            found = read_training(file, on_rows=lambda done, total: _say(pk, done, total))
    except WorkbookRefused as refused:
        _fail(pk, refused.message)
        return
    except FileNotFoundError:
        log.exception("the file of import %s is gone", pk)
        _fail(pk, _("The file is no longer there. Bring it in again."))
        return
    _say(pk, found.count, found.count)
    plan = examine_rows(found, importer_of(batch.by))
    kept = rows.kept(batch, plan, found.columns)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=pk)
        if locked.state != State.READING:
            return
        rows.replace(locked, kept)
        locked.state, locked.rows_read, locked.rows_total = State.PREVIEW, found.count, found.count
        locked.file_issues = rows.file_issues(plan)
        locked.counts = rows.count(kept)
        locked.save()


def _claim(pk):
    now = timezone.now()
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().filter(pk=pk, state=State.READING).first()
        if batch is None or (batch.heard_at and batch.heard_at > now - SILENCE):
            return None
        if batch.attempts >= MOST_ATTEMPTS:
            _close(
                batch, State.FAILED, _("The file could not be read in three attempts. Split it, try again.")
            )
            return None
        batch.attempts, batch.heard_at = batch.attempts + 1, now
        batch.save(update_fields=["attempts", "heard_at"])
    return ImportBatch.objects.select_related("by__staff").get(pk=pk)


def _say(pk, done, total):
    ImportBatch.objects.filter(pk=pk, state=State.READING).update(
        rows_read=done, rows_total=total, heard_at=timezone.now()
    )


def _fail(pk, reason):
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=pk)
        if batch.state == State.READING:
            _close(batch, State.FAILED, reason)


def drop(pk):
    """Forgets a batch that was not written. Whether it was still there to forget."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=pk)
        if batch.state not in (State.READING, State.PREVIEW):
            return False
        batch.rows.all().delete()
        _close(batch, State.DROPPED)
    return True


def _close(batch, state, problem=""):
    batch.state, batch.problem = state, problem
    forget_file(batch)
    batch.save()


def forget_file(batch):
    """The file goes with the commit: what was written is in the rows, the rest is nobody's business."""
    if batch.file:
        name, storage = batch.file.name, batch.file.storage
        batch.file = ""
        transaction.on_commit(lambda: storage.delete(name))


def take_up(now):
    """Batches that wait for a reading nobody does: a worker was stopped, a task was lost."""
    silent = Q(heard_at__lt=now - SILENCE) | Q(heard_at__isnull=True, at__lt=now - SILENCE)
    for pk in ImportBatch.objects.filter(silent, state=State.READING).values_list("pk", flat=True):
        read(pk)


def drop_old(now):
    """Previews nobody came back to: personal data is not left lying about."""
    old = ImportBatch.objects.filter(state=State.PREVIEW, at__lt=now - timedelta(days=PREVIEW_DAYS))
    for pk in old.values_list("pk", flat=True):
        drop(pk)
