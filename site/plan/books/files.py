"""Files of entries: kept under random names, pictures upright and bare of what a camera writes into them."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageOps

from ..models import BookFile

LONGEST_SIDE = 1600  # pixels: enough for a screen and for print in a report
_SAVED_AS = {"image/png": ("PNG", ".png"), "image/jpeg": ("JPEG", ".jpg")}


def attach(entry, file, *, alt="", consent="", now=None):
    """The row of a checked file (`file.checked`), made inside the transaction of its cause."""
    checked, content = file.checked, None
    name, content_type = checked.name, checked.content_type
    if content_type.startswith("image/"):
        content, content_type, ending = bare_picture(file, content_type)
        name = f"{name.rpartition('.')[0][:110]}{ending}"
    if content is None:
        file.seek(0)
        content = file.read()
    row = BookFile(
        entry_id=entry.pk,
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        alt=alt,
        consent=consent,
        added_at=now or timezone.now(),
    )
    row.file.save(name, ContentFile(content), save=False)
    row.save()
    return row


def bare_picture(file, content_type):
    """(bytes, content type, ending) of the same picture: upright, no larger than a screen needs, without
    place and time. WebP becomes JPEG, which every reader opens."""
    kept_as = content_type if content_type in _SAVED_AS else "image/jpeg"
    file.seek(0)
    with Image.open(file) as opened:
        picture = ImageOps.exif_transpose(opened)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        if kept_as == "image/jpeg" and picture.mode != "RGB":
            picture = picture.convert("RGB")
        picture.info = {}
        out = io.BytesIO()
        kind, ending = _SAVED_AS[kept_as]
        picture.save(out, kind, **({"quality": 85} if kind == "JPEG" else {"optimize": True}))
    return out.getvalue(), kept_as, ending


def standing(entry):
    """Files that were not taken away."""
    return [file for file in entry.files.all() if file.removed_at is None]
