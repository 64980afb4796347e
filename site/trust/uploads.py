"""What may be uploaded: decided by the content, never by the browser's word or the name's ending.

`check_upload` is the one question; `CheckedFileField` asks it in a form; `RefuseHugeUploads` drops what is
far too large while it streams in. `names`, `contents` and `scanning` hold parts of the answer.

A picture is drawn anew (`pictures`) and the upload then holds that: what a camera wrote into it is gone
before anybody stores it. Kept byte for byte are PDF, Word and Excel files, whose signatures cover every byte,
and pictures where the file itself is the proof, of a signed paper (`UploadPolicy(keeps_pictures=True)`).
"""

import hashlib
import io
import logging
import math
import re
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from . import scanning
from .audit import record
from .contents import CONTENT_TYPES, check_content
from .names import clean_name, extension_of, hides_a_program
from .pictures import LONGEST, Unreadable, redrawn
from .refusing import ContentRefused, differs

log = logging.getLogger(__name__)

_KB = 1024
_MB = 1024 * 1024
_PICTURES = frozenset({"jpg", "png", "webp"})
_SLACK = 64 * _KB  # so that a file of just the allowed size plus a little is still measured by its form


class UploadRefused(ValidationError):
    """Why a file was not taken: `code` for programs, `message` for the person, figures included.

    A ValidationError, so that a form's `clean_…` may simply let it through.
    """

    def __init__(self, code, message):
        super().__init__(message, code=code)

    def __str__(self):
        return str(self.message)


@dataclass(frozen=True)
class UploadPolicy:
    """What one place accepts. `kinds` of pdf, docx, xlsx, jpg, png, webp; `max_bytes` per file; pictures are
    drawn anew, at most `longest` points a side, unless it `keeps_pictures` as they came."""

    kinds: frozenset[str]
    max_bytes: int
    max_files: int = 1
    keeps_pictures: bool = False
    longest: int = LONGEST

    def __post_init__(self):
        if unknown := set(self.kinds) - set(CONTENT_TYPES):
            raise ValueError(f"Kinds nobody can check: {', '.join(sorted(unknown))}")
        if self.max_bytes > settings.UPLOAD_MAX_BYTES:
            raise ValueError("max_bytes is above UPLOAD_MAX_BYTES, which stops the stream earlier")

    @property
    def accept(self):
        """For the `accept` attribute: helps people choose, protects nothing."""
        return ",".join(f".{kind}" for kind in sorted(self.kinds)) + (",.jpeg" if "jpg" in self.kinds else "")


@dataclass(frozen=True)
class CheckedUpload:
    """A file as it may be stored: its cleaned name, what it is by content, its size in bytes and SHA-256."""

    name: str
    content_type: str
    extension: str
    size: int
    sha256: str


def check_upload(file, policy):
    """What `file` is, or UploadRefused: empty, too_large, type_not_allowed, content_differs, name_bad,
    zip_bomb, macro, reaches_out, virus, not_scanned. Reads the file in pieces and leaves it rewound; a
    picture is drawn anew in place, once."""
    if isinstance(file, HugeUpload):
        raise file.refusal(policy)
    name = clean_name(file.name)
    extension = extension_of(name)
    _check_name(name, extension, policy)
    stream = _stream_of(file)
    size = stream.seek(0, io.SEEK_END)
    if not size:
        raise UploadRefused("empty", _("The file is empty. Choose the file again."))
    if size > policy.max_bytes:
        raise _too_large(size, policy)
    try:
        check_content(stream, extension, size)
        refuse_infected(file)
        if extension in _PICTURES and not policy.keeps_pictures:
            name, extension, size = _draw_anew(file, stream, name, policy)
    except ContentRefused as refused:
        raise UploadRefused(refused.code, refused.message) from None
    checked = CheckedUpload(name, CONTENT_TYPES[extension], extension, size, _sha256(stream))
    stream.seek(0)
    return checked


def refuse_infected(file):
    """UploadRefused (virus, not_scanned) for a file the scanner finds something in, or cannot be asked about.
    `check_upload` asks it; a reader of its own kind of file asks itself. Each upload is asked about once."""
    if not scanning.is_on() or getattr(file, "is_scanned", False):
        return
    try:
        found = scanning.virus_in(_stream_of(file))
    except scanning.ScannerDown:
        raise UploadRefused(
            "not_scanned",
            _(
                "Files cannot be looked through for viruses at the moment, so none is taken. Nothing else "
                "was lost: try again in some minutes."
            ),
        ) from None
    if found:
        log.warning("an upload was refused: %s", found)
        record(
            "upload.refused", outcome="refused", why="virus", found=re.sub(r"[^A-Za-z0-9_.-]", "", found)[:60]
        )
        raise UploadRefused(
            "virus",
            _("The file carries a virus (%(name)s) and was not taken. Have the computer looked through.")
            % {"name": found},
        )
    file.is_scanned = True


def _stream_of(file):
    """Under Django's wrapper: what zipfile, Pillow and the scanner can read."""
    return getattr(file, "file", file)


def _draw_anew(file, stream, name, policy):
    """(name, extension, size) of the picture that stands in the stream afterwards."""
    if not getattr(file, "is_redrawn", False):
        extension = extension_of(name)
        try:
            picture = redrawn(stream, policy.max_bytes, policy.longest)
        except Unreadable:
            raise differs(extension) from None
        if len(picture.content) > policy.max_bytes:
            raise _too_large(len(picture.content), policy)
        stream.seek(0)
        stream.truncate()
        stream.write(picture.content)
        stream.flush()
        file.size, file.is_redrawn = len(picture.content), True
        if picture.ending != extension:
            name = f"{Path(name).stem}.{picture.ending}"
        file.name, file.content_type = name, CONTENT_TYPES[picture.ending]
    return name, extension_of(name), file.size


def check_file_count(count, policy):
    """`count` files in all (kept and new): UploadRefused("too_many") above what the policy allows."""
    if count > policy.max_files:
        raise UploadRefused(
            "too_many",
            _("There are %(count)d files, at most %(most)d. Remove some, then send again.")
            % {"count": count, "most": policy.max_files},
        )


def size_in_words(size, *, up=False):
    """27 MB, 20,1 MB, 340 kB; `up` rounds up, so that what is too large never reads as just right."""
    unit, name = (_MB, "MB") if size >= _MB else (_KB, "kB")
    tenths = math.ceil(size * 10 / unit) if up else round(size * 10 / unit)
    return f"{number_format(tenths / 10, 0 if tenths % 10 == 0 else 1)}\u00a0{name}"


class CheckedFileField(forms.FileField):
    """A file field that refuses what its policy does; the answer is kept as `cleaned_data[name].checked`."""

    def __init__(self, *, policy, **kwargs):
        self.policy = policy
        super().__init__(**kwargs)

    def to_python(self, data):
        if data in self.empty_values:
            return None
        data.checked = check_upload(data, self.policy)
        return data

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": self.policy.accept}


class HugeUpload(UploadedFile):
    """Stands in a form's files for one that was dropped on its way in: it has a name and a number of bytes
    received, but no content. Whoever takes it for a file gets the refusal instead, in a form as its error."""

    def __init__(self, name, received, field_name):
        self.received = received
        super().__init__(io.BytesIO(), name, "application/octet-stream")
        self.field_name = field_name

    def refusal(self, policy=None):
        return _too_large(self.received, policy)

    def _refuse(self, *args, **kwargs):
        raise self.refusal()

    size = property(_refuse, lambda self, value: None)
    chunks = read = open = multiple_chunks = __iter__ = _refuse


class RefuseHugeUploads(FileUploadHandler):
    """First upload handler: above UPLOAD_MAX_BYTES the bytes go nowhere, neither memory nor disk.

    The rest of the stream is still read through, for two reasons: the other fields come after it, so
    nothing typed is lost, and a browser whose connection is cut shows its own error page, not ours.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        was_too_large = self._too_large
        self.received += len(raw_data)
        if self._too_large and not was_too_large:
            self._drop_what_was_kept()
        return None if self._too_large else raw_data

    def file_complete(self, file_size):
        return HugeUpload(self.file_name, self.received, self.field_name) if self._too_large else None

    def _drop_what_was_kept(self):
        """The handlers after this one hold the part that fitted: its temporary file goes at once."""
        for handler in self.request.upload_handlers if self.request else ():
            if handler is not self and getattr(handler, "file", None):
                handler.file.close()

    @property
    def _too_large(self):
        return self.received > settings.UPLOAD_MAX_BYTES + _SLACK


def _check_name(name, extension, policy):
    if not name:
        raise UploadRefused("name_bad", _("The file has no usable name. Rename it, then choose it again."))
    if hides_a_program(name):
        raise UploadRefused(
            "name_bad",
            _("The name %(name)s has two endings, one of them of a program. Rename the file.")
            % {"name": name},
        )
    if extension not in policy.kinds:
        raise UploadRefused(
            "type_not_allowed",
            _("%(name)s can't be taken. Accepted here: %(kinds)s. Save the file as one of these.")
            % {"name": name, "kinds": ", ".join(sorted(policy.kinds))},
        )


def _too_large(size, policy):
    most = policy.max_bytes if policy else settings.UPLOAD_MAX_BYTES
    return UploadRefused(
        "too_large",
        _("The file is %(size)s, at most %(most)s. Choose another file or split it into two.")
        % {"size": size_in_words(size, up=True), "most": size_in_words(most)},
    )


def _sha256(stream):
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").hexdigest()
