"""Files of entries: kept under random names, pictures as `trust.uploads` drew them."""

from django.core.files.base import ContentFile
from django.utils import timezone

from ..models import BookFile


def attach(entry, file, *, alt="", consent="", now=None):
    """The row of a checked file (`file.checked`), made inside the transaction of its cause."""
    checked = file.checked
    row = BookFile(
        entry_id=entry.pk,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        alt=alt,
        consent=consent,
        added_at=now or timezone.now(),
    )
    file.seek(0)
    row.file.save(checked.name, ContentFile(file.read()), save=False)
    row.save()
    return row


def standing(entry):
    """Files that were not taken away."""
    return [file for file in entry.files.all() if file.removed_at is None]
