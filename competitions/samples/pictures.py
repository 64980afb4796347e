"""Sample photographs: cuts of the portal's own drawn scenes, no two alike."""

import io
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.samples import draw

_POINTS = 110  # per inch of the scene: small files, drawn quickly
_CUTS = ((0.0, 0.0, 1.0, 1.0), (0.12, 0.08, 0.92, 0.88), (0.05, 0.15, 0.85, 0.95), (0.2, 0.05, 1.0, 0.85))


@cache
def _scene(name):
    return Image.open(io.BytesIO(draw(name, _POINTS))).convert("RGB")


def photograph(name, number):
    """The scene `name` as an uploaded JPEG; `number` chooses the cut."""
    scene = _scene(name)
    left, top, right, bottom = _CUTS[number % len(_CUTS)]
    width, height = scene.size
    cut = scene.crop((int(left * width), int(top * height), int(right * width), int(bottom * height)))
    file = io.BytesIO()
    cut.save(file, "JPEG", quality=88)
    return SimpleUploadedFile(f"anh-mau-{number + 1}.jpg", file.getvalue(), "image/jpeg")
