"""Files of a task: checked by content, stored privately, removed with a line in the history."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from plan.models import TaskFile
from trust.storage import private_storage, private_upload_to
from trust.uploads import UploadPolicy, check_upload

from . import log
from .access import Rights
from .refusing import Refused

POLICY = UploadPolicy(
    kinds=frozenset({"pdf", "docx", "xlsx", "jpg", "png"}), max_bytes=settings.UPLOAD_MAX_BYTES
)
MOST_FILES = 30


def attach(task, user, file, *, key="", now=None):
    """Checks and keeps a file. Raises `UploadRefused`, `Refused`."""
    now = now or timezone.now()
    checked = getattr(file, "checked", None) or check_upload(file, POLICY)
    path = private_storage().save(private_upload_to("plan/tasks")(None, checked.name), file)
    with transaction.atomic():
        row = log.locked(task)
        if log.arrived_before(row, key):
            return None
        if refused := Rights(row, user).plan_refusal():
            raise refused
        if row.files.filter(removed_at=None).count() >= MOST_FILES:
            raise Refused("too_many_files", "file", most=MOST_FILES)
        kept = TaskFile.objects.create(
            task=row,
            name=checked.name,
            content_type=checked.content_type,
            size=checked.size,
            sha256=checked.sha256,
            file=path,
            at=now,
            by=user,
            by_name=user.display_name,
        )
        log.write(row, "file_added", user, now, checked.name, key=key, sha256=checked.sha256)
    return kept


def remove(kept, user, *, now=None):
    now = now or timezone.now()
    with transaction.atomic():
        row = log.locked(kept.task)
        if refused := Rights(row, user).plan_refusal():
            raise refused
        if row.files.filter(pk=kept.pk, removed_at=None).update(removed_at=now):
            log.write(row, "file_removed", user, now, kept.name, sha256=kept.sha256)
