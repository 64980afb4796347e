"""Word and Excel files: archives of XML. Looked through entry by entry before anything believes them; nothing
is ever unpacked to disk, no part refers anywhere outside, no document declares a type or an entity."""

import io
import re
import struct
import zipfile
import zlib

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .refusing import ContentRefused, differs

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, and any office file under a password
_ZIP = b"PK\x03\x04"

MAX_ZIP_ENTRIES = 2_000
MAX_ZIP_DIRECTORY = 512 * 1024  # bytes
MAX_UNZIPPED = 100 * 1024 * 1024  # bytes, with the archives inside
MAX_ZIP_RATIO = 100  # judged from 10 MB on: small repetitive sheets shrink further in good faith
_RATIO_FROM = 10 * 1024 * 1024
MAX_INNER = 20 * 1024 * 1024  # bytes of one archive inside: the workbook behind a chart
_PIECE = 64 * 1024

MAIN_PART = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MACRO_TYPES = ("macroenabled", "vbaproject", "ms-excel.macrosheet", "ms-excel.intlmacrosheet")
_XML_ENDINGS = (".xml", ".rels", ".vml")
_ENCODING = re.compile(rb"""^<\?xml[^>]{0,100}?\bencoding\s*=\s*["']([^"']{1,40})["']""")
_ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii")
_DECLARES = (b"<!doctype", b"<!entity")
# What a document may name outside itself: a link somebody clicks; another workbook on the same computer.
_LINK = "/hyperlink"
_OTHER_WORKBOOK = "/externallinkpath"
_ELSEWHERE = re.compile(r"(?i)^(?:[a-z][a-z0-9+.-]+:(?!///?[a-z]:)|[\\/]{2})")  # an address or \\server\share


def is_old_office(head):
    return head.startswith(_OLD_OFFICE)


def check_office(stream, head, extension, size):
    """ContentRefused (content_differs, zip_bomb, macro, reaches_out) unless the `size` bytes of `stream` are
    a whole docx or xlsx that is safe to open."""
    if is_old_office(head):
        raise ContentRefused(
            "content_differs",
            _(
                "The file has a password or an old format. "
                "Save it without password as %(ending)s, then choose it."
            )
            % {"ending": extension},
        )
    if not head.startswith(_ZIP):
        raise differs(extension)
    _check_zip_directory(stream, extension, size)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            unpacked = _check_zip_entries(archive, extension, size)
            _check_parts(archive, extension)
            check_entries(archive, extension, unpacked)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        KeyError,
        ValueError,
        NotImplementedError,
    ):
        raise differs(extension) from None


def check_entries(archive, extension, unpacked=0):
    """Reads every entry to its end, which proves its check sum, and refuses what is hostile in it: XML that
    declares a type or an entity, archives that unpack too far, parts that are fetched from elsewhere.
    `unpacked` bytes are counted already. Raises ContentRefused, and what zipfile raises."""
    for entry in archive.infolist():
        name = entry.filename.lower()
        with archive.open(entry) as part:
            head = part.read(_PIECE)
            if head.startswith(_ZIP):
                unpacked += _check_inner(head + part.read(MAX_INNER), extension)
                if unpacked > MAX_UNZIPPED:
                    raise bomb()
            elif name.endswith(_XML_ENDINGS) or _plain(head).lstrip().startswith(b"<"):
                _check_xml(head, part, extension)
            else:
                while part.read(_PIECE):
                    pass
        if name.endswith(".rels"):
            _check_relationships(archive, entry, extension)


def bomb():
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
        raise differs(extension)
    entries, directory_size = struct.unpack("<HL", tail[end + 10 : end + 16])
    wide = end >= 20 and tail[end - 20 : end - 16] == b"PK\x06\x07"
    if wide or entries > MAX_ZIP_ENTRIES or directory_size > MAX_ZIP_DIRECTORY:
        raise bomb()


def _check_zip_entries(archive, extension, size):
    """The bytes it unpacks to, by what it says of itself; more than that fails its check sum."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_UNZIPPED:
        raise bomb()
    if packed > size:  # entries that share the same bytes
        raise bomb()
    if unpacked > _RATIO_FROM and unpacked > MAX_ZIP_RATIO * packed:
        raise bomb()
    if any(
        entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        for entry in entries
    ):
        raise differs(extension)
    return unpacked


def _check_inner(content, extension):
    """Bytes an archive inside would unpack to. An archive inside that one has no business here."""
    if len(content) > MAX_INNER:
        raise bomb()
    _check_zip_directory(io.BytesIO(content), extension, len(content))
    with zipfile.ZipFile(io.BytesIO(content)) as inner:
        unpacked = _check_zip_entries(inner, extension, len(content))
        for entry in inner.infolist():
            with inner.open(entry) as part:
                if part.read(len(_ZIP)) == _ZIP:
                    raise bomb()
        return unpacked


def _check_parts(archive, extension):
    """The list of parts names the main part of this kind, and no macro anywhere."""
    listing = archive.getinfo("[Content_Types].xml")
    if listing.file_size > MAX_ZIP_DIRECTORY:
        raise bomb()
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
    if MAIN_PART[extension] not in text:
        raise differs(extension)


def _plain(piece):
    """UTF-16 and UTF-32 as the letters an XML declaration is made of, without the mark of byte order."""
    return piece.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff").lower()


def _check_xml(head, part, extension):
    found = _ENCODING.match(_plain(head[:1024]).lstrip())
    if found and found[1] not in _ENCODINGS:  # in another one the words below would not be found
        raise differs(extension)
    piece, before = head, b""
    while piece:
        letters = before + _plain(piece)
        if any(word in letters for word in _DECLARES):
            raise differs(extension)
        before, piece = letters[-16:], part.read(_PIECE)


def _check_relationships(archive, entry, extension):
    """No template, picture or object is fetched from elsewhere the moment somebody opens the file."""
    if entry.file_size > MAX_ZIP_DIRECTORY:
        raise bomb()
    try:
        root = ElementTree.fromstring(archive.read(entry), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, LookupError):
        raise differs(extension) from None
    for relationship in root.iter():
        if relationship.get("TargetMode", "").lower() != "external":
            continue
        kind, target = relationship.get("Type", "").lower(), relationship.get("Target", "")
        stays = kind.endswith(_LINK) or (
            kind.endswith(_OTHER_WORKBOOK) and not _ELSEWHERE.match(target.strip())
        )
        if not stays:
            raise ContentRefused(
                "reaches_out",
                _(
                    "The file draws a template, picture or object from another place when it is opened. "
                    "Put it into the file itself (Insert, not Link), save, then choose it."
                ),
            )
