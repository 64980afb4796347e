"""Pictures of entries for voters: drawn anew, so that nothing hidden in the original goes out (place, camera,
owner), and small. Kept as private files until the vote is over."""

import logging
import shutil
import tempfile
import threading
from pathlib import Path

from PIL import Image, ImageOps

from trust.storage import private_storage

log = logging.getLogger(__name__)
SIZES = {"nho": 480, "lon": 1600}  # the longer edge, in points; the word stands in addresses
FOLDER = "vote-pictures"
CONTENT_TYPE = "image/jpeg"
_one_at_a_time = threading.Lock()  # a large original takes some 150 MB while it is drawn


def path_of(file, size) -> Path | None:
    """Where the picture of `file` in `size` lies, drawn if need be; None where the original is no picture
    or is gone."""
    path = _folder(file.entry.competition_id) / f"{file.sha256}-{size}.jpg"
    if not path.exists():
        with _one_at_a_time:
            if not path.exists() and not _draw(file, SIZES[size], path):
                return None
    return path


def drop(competition_id):
    """Takes away all pictures of a vote."""
    shutil.rmtree(_folder(competition_id), ignore_errors=True)


def has_any(competition_id):
    return _folder(competition_id).exists()


def _folder(competition_id):
    return Path(private_storage().path(f"{FOLDER}/{competition_id}"))


def _draw(file, edge, path):
    try:
        with file.file.open("rb") as stored, Image.open(stored) as original:
            original.draft("RGB", (edge, edge))
            turned = ImageOps.exif_transpose(original)
            turned.thumbnail((edge, edge))
            flat = Image.new("RGB", turned.size, "white")
            flat.paste(turned, mask=turned.getchannel("A") if "A" in turned.getbands() else None)
    except Exception:  # Pillow raises many kinds on a broken picture; each means the same here
        log.warning("the picture of file %s cannot be drawn", file.pk, exc_info=True)
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as beside:
        flat.save(beside, "JPEG", quality=82, optimize=True)
    Path(beside.name).replace(path)
    return True
