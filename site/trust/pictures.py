"""Pictures as they are kept: upright, bounded, in sRGB, without anything the camera wrote into them (place,
time, device) and without what somebody may have hidden behind the points. Reads files that may be hostile;
`trust.contents` has bounded their points before."""

import io
import threading
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

LONGEST = 4000  # points of the longer side: enough for a print of 34 cm
PREVIEW = 480
_QUALITY = 88
_one_at_a_time = threading.Lock()  # a large one takes some 200 MB while it is drawn


class Unreadable(Exception):
    """The bytes begin as a picture and do not go on as one."""


@dataclass(frozen=True)
class Picture:
    content: bytes
    ending: str  # jpg or png


def redrawn(stream, most_bytes, longest=LONGEST):
    """The `Picture` of an uploaded one: PNG stays PNG where it fits into `most_bytes`, all else is JPEG.
    Raises `Unreadable`."""
    with _one_at_a_time:
        keeps_png, pixels = _read(stream, longest)
        content = _saved(pixels, "PNG") if keeps_png else b""
        if not content or len(content) > most_bytes:
            return Picture(_saved(_flat(pixels), "JPEG"), "jpg")
        return Picture(content, "png")


def preview(stream):
    """A small JPEG of a picture, for lists. Raises `Unreadable`."""
    with _one_at_a_time:
        _keeps_png, pixels = _read(stream, PREVIEW)
        return _saved(_flat(pixels), "JPEG")


def _read(stream, longest):
    try:
        stream.seek(0)
        with Image.open(stream, formats=("JPEG", "PNG", "WEBP")) as image:
            keeps_png = image.format == "PNG"
            image.draft("RGB", (longest, longest))
            image.thumbnail((longest, longest))
            ImageOps.exif_transpose(image, in_place=True)
            return keeps_png, _pixels(image)
    except Exception:  # Pillow raises many kinds on a broken picture; each means the same here
        raise Unreadable from None


def _pixels(image):
    """The points alone, in sRGB."""
    profile = image.info.get("icc_profile")
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    plain = image.convert("RGBA" if see_through else "RGB")
    plain.info = {}
    if profile and plain.mode == "RGB":
        plain = _in_srgb(plain, profile)
    return plain


def _in_srgb(image, profile):
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        image = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        pass  # a broken profile: the colours as they are
    image.info = {}
    return image


def _flat(image):
    """On white, where it was see-through."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _saved(image, kind):
    out = io.BytesIO()
    options = {"quality": _QUALITY} if kind == "JPEG" else {}
    image.save(out, kind, optimize=kind == "JPEG", **options)
    return out.getvalue()
