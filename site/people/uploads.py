"""A roster workbook between preview and confirmation: private, its uploader's alone, gone afterwards."""

import hashlib
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from vietnamese.text import nfc

from .models import RosterUpload
from .roster import examine, read_roster, write_roster

PREVIEW_DAYS = 1


def keep_for_preview(user, file):
    """Keeps `file` and returns (upload, plan). Raises WorkbookRefused, keeping nothing."""
    content = file.read()
    plan = examine(ContentFile(content))
    upload = RosterUpload(
        by=user,
        by_name=user.display_name,
        file_name=nfc(file.name)[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
    )
    upload.file.save("roster.xlsx", ContentFile(content), save=False)
    try:
        upload.save(force_insert=True)
    except BaseException:
        upload.file.delete(save=False)
        raise
    return upload, plan


def preview(upload):
    """What writing it would do now."""
    with upload.file.open("rb") as file:
        return examine(file)


def confirm(user, upload, *, skip_errors=False):
    """Reads the kept file again and writes it, once. Returns the plan, or None when it was over already."""
    if upload.state != RosterUpload.State.PREVIEW:
        return None
    with upload.file.open("rb") as file:
        read = read_roster(file)
    with transaction.atomic():
        locked = RosterUpload.objects.select_for_update().filter(pk=upload.pk, by=user).get()
        if locked.state != RosterUpload.State.PREVIEW:
            return None
        plan = write_roster(read, skip_errors=skip_errors)
        if not plan.refused(skip_errors):
            locked.created, locked.changed = plan.count("new"), plan.count("changed")
            locked.unchanged, locked.skipped = plan.count("same"), plan.count("error")
            _close(locked, RosterUpload.State.DONE)
    return plan


def drop(user, upload):
    """Forgets a preview; nothing was written."""
    with transaction.atomic():
        locked = RosterUpload.objects.select_for_update().filter(pk=upload.pk, by=user).get()
        if locked.state == RosterUpload.State.PREVIEW:
            _close(locked, RosterUpload.State.DROPPED)


def drop_old(now=None):
    """Previews nobody came back to: personal data is not left lying about."""
    limit = (now or timezone.now()) - timedelta(days=PREVIEW_DAYS)
    for upload in RosterUpload.objects.filter(state=RosterUpload.State.PREVIEW, at__lt=limit):
        with transaction.atomic():
            _close(upload, RosterUpload.State.DROPPED)


def _close(upload, state):
    name, storage = upload.file.name, upload.file.storage
    upload.file, upload.state, upload.closed_at = "", state, timezone.now()
    upload.save()
    transaction.on_commit(lambda: storage.delete(name))
