"""Writes a backup while people work: first the database at one moment, then the files, which may be newer. A
file without its row does no harm; a row without its file would."""

import contextlib
import errno
import os
import re
import secrets
import tarfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.environment import Environment

from . import archive, media
from .cipher import encrypting
from .keys import identity
from .problems import Failed, Refused
from .snapshot import snapshot

UNFINISHED = ".unfinished"
_NOT_CARRIED = {"BACKUP_KEY", "SAMPLE_PASSWORD"}
_ALSO_CARRIED = ("DJANGO_SETTINGS_MODULE",)
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    header: archive.Header
    manifest: archive.Manifest
    verified: bool


def make(path, *, verify=True) -> Made:
    """Writes the backup at `path`, which is replaced only by a whole, checked file.

    Refused where the key, the folder or the database is not fit; Failed where the disk is full or a file or
    the database cannot be read: then whatever stood at `path` stands there still.
    """
    path, key = Path(path), identity()
    if path.is_dir() or not path.parent.is_dir():
        raise Refused(_("There is no folder %(folder)s to write the backup to.") % {"folder": path.parent})
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with _said_in_words(path):
            with open(new, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                header, manifest = _write(file, key)
                file.flush()
                os.fsync(file.fileno())
            if verify:
                with new.open("rb") as file:
                    archive.read(file, key, archive.Visitor())
            new.replace(path)
            _fsync_folder(path.parent)
    finally:
        new.unlink(missing_ok=True)
    return Made(path, path.stat().st_size, header, manifest, verify)


def _write(file, key):
    with encrypting(file, key) as sink:
        writer = archive.Writer(sink)
        try:
            header = _database(writer)
            for name, path in media.files():
                _file(writer, name, path)
            writer.close()
        except BaseException:
            writer.abandon()
            raise
    return header, writer.manifest


def _database(writer):
    with snapshot() as taken:
        taken.schema.check_known()
        if taken.schema.is_empty:
            raise Refused(_("The database is empty: there is nothing to back up."))
        tables = taken.schema.tables()
        header = archive.Header(
            timezone.now().isoformat(timespec="seconds"),
            portal_version(),
            taken.connection.vendor,
            tuple(taken.schema.applied),
            tables,
        )
        writer.header(header)
        writer.settings(environment_file())
        for table in tables.values():
            writer.table(table, taken.rows(table), taken.last_key(table))
    return header


def _file(writer, name, path):
    try:
        opened = path.open("rb")
    except FileNotFoundError:
        return  # deleted since the folder was read: so is its row
    with opened:
        try:
            writer.file(name, opened, os.fstat(opened.fileno()).st_size)
        except OSError as error:
            if error.errno is None and "end of data" in str(error):
                raise Failed(
                    _("%(path)s became shorter while it was read. Try again.") % {"path": path}
                ) from None
            raise


def environment_file():
    """What the settings asked of the environment, as systemd and shells read it."""
    names = sorted((Environment.asked - _NOT_CARRIED).union(_ALSO_CARRIED) & os.environ.keys())
    return "".join(f"{name}={_quoted(os.environ[name])}\n" for name in names)


def _quoted(value):
    if re.fullmatch(r"[\w.,:/@%+=-]*", value):
        return value
    escaped = re.sub(r'(["\\$`])', r"\\\1", value)
    return f'"{escaped}"'


def portal_version():
    found = re.search(r'^version = "(.+)"$', (settings.ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    return found[1] if found else "?"


@contextlib.contextmanager
def _said_in_words(path):
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Failed(
                _(
                    "The disk with %(folder)s is full: the backup was not written; earlier ones are "
                    "untouched. Make room or choose another disk, then try again."
                )
                % {"folder": path.parent}
            ) from error
        raise Failed(
            _("The backup was not written: %(reason)s (%(file)s). Earlier ones are untouched.")
            % {"reason": error.strerror or error, "file": error.filename or path}
        ) from error
    except DatabaseError as error:
        raise Failed(
            _("The backup was not written: the database does not answer as it should (%(reason)s).")
            % {"reason": str(error).strip().splitlines()[0] if str(error) else type(error).__name__}
        ) from error
    except tarfile.TarError as error:
        raise Failed(_("The backup was not written: %(reason)s") % {"reason": error}) from error


def _fsync_folder(folder):
    """The name as well as the content outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
