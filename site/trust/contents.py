"""What a file is by its content. Each check reads no more than it must, from a file that may be hostile."""

import struct
import zipfile
import zlib

import puremagic
from django.utils.translation import gettext as _
from PIL import Image

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
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, and any office file under a password

MAX_PIXELS = 50_000_000  # a 48-megapixel phone; below Pillow's own warning

MAX_ZIP_ENTRIES = 2_000
MAX_ZIP_DIRECTORY = 512 * 1024  # bytes
MAX_UNZIPPED = 100 * 1024 * 1024  # bytes
MAX_ZIP_RATIO = 100  # judged from 10 MB on: small repetitive sheets shrink further in good faith
_RATIO_FROM = 10 * 1024 * 1024
_MAIN_PART = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MACRO_TYPES = ("macroenabled", "vbaproject", "ms-excel.macrosheet", "ms-excel.intlmacrosheet")


class ContentRefused(Exception):
    """`code` content_differs, zip_bomb or macro; `message` in words."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


def check_content(stream, extension, size):
    """ContentRefused unless the `size` bytes of `stream` are what `extension` says."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if extension == "pdf":
        _check_pdf(stream, head, size)
    elif extension in _MAIN_PART:
        _check_office(stream, head, extension, size)
    else:
        _check_image(stream, head, extension)


def _differs(extension):
    return ContentRefused(
        "content_differs",
        _(
            "The file is named .%(ending)s but its content is not, or it is damaged. "
            "Open it, save it again as %(ending)s, then choose it."
        )
        % {"ending": extension},
    )


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
        raise _differs("pdf")
    stream.seek(max(0, size - _TAIL))
    if b"%%EOF" not in stream.read(_TAIL):
        raise _differs("pdf")


def _check_image(stream, head, extension):
    formats = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",)}[extension]
    if not _recognised(head, extension):
        raise _differs(extension)
    stream.seek(0)
    try:
        with Image.open(stream, formats=formats) as image:
            pixels = image.width * image.height
            if pixels <= MAX_PIXELS:
                image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pixels = MAX_PIXELS + 1
    except Exception:  # Pillow raises many kinds on a broken picture; each means the same here
        raise _differs(extension) from None
    if pixels > MAX_PIXELS:
        raise ContentRefused(
            "zip_bomb",
            _("The picture has more than %(most)d million points. Make it smaller, then choose it again.")
            % {"most": MAX_PIXELS // 1_000_000},
        )


def _check_office(stream, head, extension, size):
    if head.startswith(_OLD_OFFICE):
        raise ContentRefused(
            "content_differs",
            _(
                "The file has a password or an old format. "
                "Save it without password as %(ending)s, then choose it."
            )
            % {"ending": extension},
        )
    if not head.startswith(b"PK\x03\x04") or not _recognised(head, extension):
        raise _differs(extension)
    _check_zip_directory(stream, extension, size)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_zip_entries(archive, extension, size)
            _check_parts(archive, extension)
            if archive.testzip() is not None:  # bounded: the sum of sizes was checked above
                raise _differs(extension)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        KeyError,
        ValueError,
        NotImplementedError,
    ):
        raise _differs(extension) from None


def _bomb():
    return ContentRefused(
        "zip_bomb", _("The file would unpack to far more than its size. Save it again, then choose it.")
    )


def _check_zip_directory(stream, extension, size):
    """Bounds the directory before zipfile reads all of it into memory. No office file of an allowed size
    needs the 64-bit form."""
    stream.seek(max(0, size - 22 - 65_535))
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        raise _differs(extension)
    entries, directory_size = struct.unpack("<HL", tail[end + 10 : end + 16])
    wide = end >= 20 and tail[end - 20 : end - 16] == b"PK\x06\x07"
    if wide or entries > MAX_ZIP_ENTRIES or directory_size > MAX_ZIP_DIRECTORY:
        raise _bomb()


def _check_zip_entries(archive, extension, size):
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_UNZIPPED:
        raise _bomb()
    if packed > size:  # entries that share the same bytes
        raise _bomb()
    if unpacked > _RATIO_FROM and unpacked > MAX_ZIP_RATIO * packed:
        raise _bomb()
    if any(
        entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        for entry in entries
    ):
        raise _differs(extension)


def _check_parts(archive, extension):
    """The list of parts names the main part of this kind, and no macro anywhere."""
    listing = archive.getinfo("[Content_Types].xml")
    if listing.file_size > MAX_ZIP_DIRECTORY:
        raise _bomb()
    raw = archive.read(listing)
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig").lower()
    names = [name.lower() for name in archive.namelist()]
    if any("vbaproject" in name or "/macrosheets/" in name for name in names) or any(
        kind in text for kind in _MACRO_TYPES
    ):
        raise ContentRefused(
            "macro",
            _("The file holds macros, which are not accepted. Save it as %(ending)s without macros.")
            % {"ending": extension},
        )
    if _MAIN_PART[extension] not in text or "<!doctype" in text or "<!entity" in text:
        raise _differs(extension)
