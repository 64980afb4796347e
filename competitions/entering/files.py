"""Files of an entry: checked by content, pictures cleaned, kept privately."""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trust.pictures import preview
from trust.uploads import UploadPolicy, UploadRefused, check_upload

from ..models import Blueprint, EntryFile
from .permits import lock_for_editing, mark_edited

_PICTURES = frozenset({"jpg", "png", "webp"})
_PAPERS = frozenset({"pdf", "docx", "xlsx"})


@dataclass(frozen=True)
class _Ready:
    """A file as it will be kept."""

    name: str
    content: File
    content_type: str
    size: int
    sha256: str
    preview: bytes = b""


def policy_of(competition):
    """A photo competition takes pictures alone."""
    kinds = _PICTURES if competition.blueprint == Blueprint.PHOTOS else _PICTURES | _PAPERS
    return UploadPolicy(kinds, settings.UPLOAD_MAX_BYTES, max_files=competition.files_most)


def attach(entry, participant, file, now=None):
    """A checked file as part of the working copy. Raises `UploadRefused`, for one too many and one that is
    there already as well, and `NotEditable`."""
    policy = policy_of(entry.competition)
    ready = _made_ready(file, policy)
    with transaction.atomic():
        locked = lock_for_editing(entry, participant, now)
        kept = [f for f in locked.files.all() if f.removed_at is None]
        if any(f.sha256 == ready.sha256 for f in kept):
            raise UploadRefused("twice", _("The same file is among the files of the entry already."))
        if len(kept) >= policy.max_files:
            raise UploadRefused(
                "too_many", _("An entry holds at most %(count)s files.") % {"count": policy.max_files}
            )
        row = EntryFile(
            entry=locked,
            name=ready.name,
            content_type=ready.content_type,
            size=ready.size,
            sha256=ready.sha256,
        )
        if ready.preview:
            row.preview.save("preview.jpg", ContentFile(ready.preview), save=False)
        row.file.save(ready.name, ready.content, save=True)
        mark_edited(locked)
    return row


def remove(entry, participant, pk, now=None):
    """Off the working copy. The bytes stay where a version that was handed in names them, else they go.
    Answers the row, None where there is no such file (any more)."""
    with transaction.atomic():
        locked = lock_for_editing(entry, participant, now)
        row = locked.files.filter(pk=pk, removed_at__isnull=True).first()
        if row is None:
            return None
        if any(row.sha256 in version.payload for version in locked.versions.all()):
            row.removed_at = now or timezone.now()
            row.save(update_fields=["removed_at"])
        else:
            _forget(row)
        mark_edited(locked)
    return row


def caption(entry, participant, captions, now=None):
    """{file key: what it shows}; those not among the files are passed over."""
    with transaction.atomic():
        locked = lock_for_editing(entry, participant, now)
        changed = [
            row
            for row in locked.files.filter(pk__in=captions, removed_at__isnull=True)
            if row.caption != captions[row.pk]
        ]
        for row in changed:
            row.caption = captions[row.pk]
            row.save(update_fields=["caption"])
        if changed:
            mark_edited(locked)


def _forget(row):
    paths = [(f.storage, f.name) for f in (row.file, row.preview) if f]
    row.delete()

    def drop():
        for storage, path in paths:
            storage.delete(path)

    transaction.on_commit(drop)


def _made_ready(file, policy):
    checked = check_upload(file, policy)
    small = preview(getattr(file, "file", file)) if checked.extension in _PICTURES else b""
    file.seek(0)
    return _Ready(checked.name, file, checked.content_type, checked.size, checked.sha256, small)
