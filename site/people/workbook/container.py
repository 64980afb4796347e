"""Is this file a workbook that is safe to open? Asked before anything of it is unpacked."""

import zipfile

from django.utils.translation import gettext as _

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 2_000
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and what Excel encrypts
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class WorkbookRefused(Exception):
    """The file cannot be read at all; `code` is stable, the message is a sentence with figures."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message


def megabytes(size):
    return max(1, round(size / 1024 / 1024))


def check_container(file):
    """Raises WorkbookRefused unless `file` (seekable, binary) is an .xlsx within the limits."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise WorkbookRefused("empty", _("The file is empty. Choose the workbook again."))
    if size > MAX_BYTES:
        raise too_large(size)
    if file.read(8) == OLD_CONTAINER:
        _refuse_old_container(file)
    file.seek(0)
    _check_zip(file)
    file.seek(0)


def _refuse_old_container(file):
    file.seek(0)
    if _ENCRYPTED in file.read():
        raise WorkbookRefused(
            "encrypted",
            _("The workbook is protected by a password. Open it in Excel, remove the password and save it."),
        )
    raise WorkbookRefused(
        "old_format", _("This is an old .xls file. Open it in Excel and save it as Excel Workbook (.xlsx).")
    )


def _check_zip(file):
    try:
        with zipfile.ZipFile(file) as parts:
            entries = parts.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        entries = []
    names = {entry.filename.lower() for entry in entries}
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise not_a_workbook()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise WorkbookRefused(
            "encrypted", _("The workbook is protected by a password. Remove it and save again.")
        )
    if any(name.endswith("vbaproject.bin") for name in names):
        raise WorkbookRefused(
            "macro", _("The workbook carries macros. Save it as Excel Workbook (.xlsx) without macros.")
        )
    unpacked = sum(entry.file_size for entry in entries)
    # A part that unpacks to more than it declares fails its check sum when it is read.
    if unpacked > MAX_UNPACKED_BYTES or len(entries) > MAX_PARTS:
        raise WorkbookRefused(
            "zip_bomb",
            _("Unpacked, the workbook is %(size)s MB, at most %(limit)s MB. Copy the data into a new one.")
            % {"size": megabytes(unpacked), "limit": megabytes(MAX_UNPACKED_BYTES)},
        )


def too_large(size):
    return WorkbookRefused(
        "too_large",
        _("The file is %(size)s MB, at most %(limit)s MB. Split it into two files.")
        % {"size": megabytes(size), "limit": megabytes(MAX_BYTES)},
    )


def not_a_workbook():
    return WorkbookRefused(
        "not_a_workbook",
        _("This is not an Excel workbook (.xlsx), or it is damaged. Save it again in Excel."),
    )
