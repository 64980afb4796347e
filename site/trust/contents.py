"""What a file is by its content. Each check reads no more than it must, from a file that may be hostile."""

import puremagic
from django.utils.translation import gettext as _
from PIL import Image

from .office_files import MAIN_PART, check_office, is_old_office
from .refusing import ContentRefused, differs

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
_HEAD = 1024
_TAIL = 2048
_PDF_NOT_BEFORE = (b"PK", b"MZ", b"\x7fELF", b"<", b"#!", b"GIF8", b"\xff\xd8", b"\x89PNG")

MAX_PIXELS = 50_000_000  # a 48-megapixel phone; below Pillow's own warning


def check_content(stream, extension, size):
    """ContentRefused unless the `size` bytes of `stream` are what `extension` says."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if extension == "pdf":
        _check_pdf(stream, head, size)
    elif extension in MAIN_PART:
        if not _recognised(head, extension) and not is_old_office(head):
            raise differs(extension)
        check_office(stream, head, extension, size)
    else:
        _check_image(stream, head, extension)


def _recognised(head, extension):
    """Whether the signature at the beginning may belong to `extension`."""
    try:
        return any(
            match.extension in (f".{extension}", ".jpeg" if extension == "jpg" else None)
            for match in puremagic.magic_string(head)
        )
    except (puremagic.PureError, ValueError):
        return False


def _check_pdf(stream, head, size):
    """%PDF within the first kilobyte, %%EOF near the end; nothing that another program would run before."""
    start = head.find(b"%PDF-")
    if start < 0 or not _recognised(head[start:], "pdf") or (start and head.startswith(_PDF_NOT_BEFORE)):
        raise differs("pdf")
    stream.seek(max(0, size - _TAIL))
    if b"%%EOF" not in stream.read(_TAIL):
        raise differs("pdf")


def _check_image(stream, head, extension):
    formats = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",)}[extension]
    if not _recognised(head, extension):
        raise differs(extension)
    stream.seek(0)
    try:
        with Image.open(stream, formats=formats) as image:
            pixels = image.width * image.height
            if pixels <= MAX_PIXELS:
                image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pixels = MAX_PIXELS + 1
    except Exception:  # Pillow raises many kinds on a broken picture; each means the same here
        raise differs(extension) from None
    if pixels > MAX_PIXELS:
        raise ContentRefused(
            "zip_bomb",
            _("The picture has more than %(most)d million points. Make it smaller, then choose it again.")
            % {"most": MAX_PIXELS // 1_000_000},
        )
