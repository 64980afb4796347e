"""Files of dossiers and decisions: checked by content, stored privately, hashed."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from trust.storage import private_storage, private_upload_to
from trust.uploads import UploadPolicy, UploadRefused, check_upload

from .models import Attachment

EVIDENCE = UploadPolicy(
    kinds=frozenset({"pdf", "docx", "xlsx", "jpg", "png"}),
    max_bytes=settings.UPLOAD_MAX_BYTES,
    max_files=settings.UPLOAD_MAX_FILES,
)
SIGNED = UploadPolicy(kinds=frozenset({"pdf"}), max_bytes=settings.UPLOAD_MAX_BYTES)
# The picture of a signed paper is the proof itself: not a byte of it changes.
SCAN = UploadPolicy(
    kinds=frozenset({"pdf", "jpg", "png"}), max_bytes=settings.UPLOAD_MAX_BYTES, keeps_pictures=True
)


@dataclass(frozen=True)
class StoredFile:
    """A checked file in private storage, before the row that will name it."""

    path: str
    name: str
    sha256: str
    size: int


def store_signed_file(file, folder="decisions", policy=SIGNED):
    """Checks and stores a signed file, outside any transaction. Raises `UploadRefused`.

    A file whose row is then refused stays without an owner; nobody can reach it.
    """
    checked = check_upload(file, policy)
    path = private_storage().save(private_upload_to(folder)(None, checked.name), file)
    return StoredFile(path, checked.name, checked.sha256, checked.size)


def attach_file(initiative, file, kind, user, *, is_confidential=False):
    """A checked file as an attachment of the dossier. Raises `UploadRefused`, for too many files as well."""
    kept = initiative.attachments.filter(removed_at__isnull=True).count()
    if kept >= EVIDENCE.max_files:
        raise UploadRefused(
            "too_many", _("A dossier holds at most %(count)s files.") % {"count": EVIDENCE.max_files}
        )
    policy = EVIDENCE if kind == "evidence" else SCAN
    checked = check_upload(file, policy)
    attachment = Attachment(
        initiative=initiative,
        kind=kind,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        is_confidential=is_confidential,
        uploaded_by=user,
    )
    attachment.file.save(checked.name, file, save=True)
    return attachment


def is_intact(attachment):
    """Whether the stored bytes still have the hash they came with; each stored file is read once a day."""
    storage, path = attachment.file.storage, attachment.file.name
    if not storage.exists(path):
        return False
    changed = storage.get_modified_time(path).timestamp()
    key = f"intact:{attachment.pk}:{attachment.sha256[:16]}:{changed}"
    answer = cache.get(key)
    if answer is None:
        with attachment.file.open("rb") as stored:
            answer = hashlib.file_digest(stored, "sha256").hexdigest() == attachment.sha256
        cache.set(key, answer, 24 * 3600)
    return answer


def take_away(attachment, now=None):
    """Off the dossier; the bytes stay, since a submitted version may name them.

    A confirmation goes with its scan.
    """
    from .models import Author

    attachment.removed_at = now or timezone.now()
    attachment.save(update_fields=["removed_at"])
    Author.objects.filter(confirmation_scan=attachment).update(confirmed_at=None, confirmation_scan=None)
