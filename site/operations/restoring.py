"""Puts a backup in place of what is there: checked, loaded beside, proven, swapped in, in that order."""

import contextlib
import errno
import fcntl
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from config import outage

from . import archive, media
from .aside import COMING, GONE, aside, exists
from .checking import check, opened
from .keys import identity
from .loading import loader
from .problems import Failed, Problem, Refused
from .snapshot import reading


@dataclass(frozen=True)
class Restored:
    header: archive.Header
    manifest: archive.Manifest
    brought_forward: bool
    kept: tuple[str, ...]  # where the old database and files stand, if they were kept
    seconds: float


def restore(path, *, replace=False, keep_old=False) -> Restored:
    """Refused where the portal has people or files and `replace` is not given, where somebody uses it, where
    the backup is of a newer portal. Damaged where it is not whole. In each case, and in Failed, everything
    stands as it stood. `keep_old`: the old database and files stay aside."""
    began = time.monotonic()
    found = check(path)
    with alone(), out_of_service("restore"):
        mark = new_mark()
        database = aside(settings.DATABASES["default"], mark)
        _check_target(database, replace)
        database.check_possible()
        database.wait_until_alone()
        database.drop_leftovers(COMING)
        media.drop_leftovers(media.COMING)
        kept = _replace(path, found, database, mark, keep_old)
    return Restored(found.header, found.manifest, found.is_older, kept, time.monotonic() - began)


def _check_target(database, replace):
    if replace:
        database.contents()  # refuses one of another program
    elif database.contents() == "people":
        raise Refused(
            _(
                "The database is not empty. To put the backup in its place: restore --replace (the present "
                "one is kept aside until the new one is whole; take a backup of it before)."
            )
        )
    elif not media.is_empty():
        raise Refused(
            _("There are files in %(folder)s. To put the backup's in their place: restore --replace.")
            % {"folder": media.root()}
        )


def _replace(path, found, database, mark, keep_old):
    files = None
    try:
        with said_in_words():
            files = media.Staging(mark)
            database.open()
            database.build(found.header.migrations)
            _load(path, found.header, database, files)
            prove(database, found.header.tables, found.manifest.tables)
            if found.is_older:
                database.bring_forward()
            database.derive()
            database.seal()
            moved = files.swap()
            try:
                database.wait_until_alone()
                database.swap()
            except BaseException:
                files.swap_back(moved)
                raise
    except BaseException:
        database.drop_new()
        if files is not None:
            files.drop_new()
        raise
    connections.close_all()
    if keep_old:
        return tuple(str(place) for place in (database.gone, files.gone))
    files.drop_old()
    database.drop_old()
    return ()


def _load(path, header, database, files):
    loading = loader(database.connection, header.tables)
    loading.begin()
    with opened(path) as file:
        _header, manifest = archive.read(file, identity(), _Into(loading, files))
    loading.finish({name: count.last_key for name, count in manifest.tables.items()})


class _Into(archive.Visitor):
    def __init__(self, loading, files):
        self.loading, self.files = loading, files

    def rows(self, table, rows):
        self.loading.rows(table, rows)

    def file(self, path, opened, size):
        self.files.write(path, opened)


def prove(database, tables, said):
    """Reads everything back: as many rows as were put in, and the same."""
    with reading(database.connection) as taken:
        for name, table in tables.items():
            found = taken.count(table)
            if found != said[name]:
                raise Failed(
                    _("Table %(table)s was not loaded as it was: %(found)d rows of %(said)d, or others.")
                    % {"table": name, "found": found.rows, "said": said[name].rows}
                )


def forget_old():
    """Drops what earlier restores set aside; says what it was."""
    database = aside(settings.DATABASES["default"], new_mark())
    with alone():
        return [*map(str, database.drop_leftovers(GONE)), *map(str, media.drop_leftovers(media.GONE))]


def settings_of(path):
    """The environment file inside a backup. The whole backup is checked on the way."""
    found = _Settings()
    with opened(path) as file:
        archive.read(file, identity(), found)
    return found.text


class _Settings(archive.Visitor):
    text = ""

    def settings(self, text):
        self.text = text


# ---- what a restore and a move share


def new_mark():
    return f"{timezone.now():%Y%m%d%H%M%S}_{secrets.token_hex(2)}"


@contextlib.contextmanager
def alone():
    """Refused where another restore or move runs."""
    path = Path(settings.OUTAGE_FILE).with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(_("Another restore or move is running.")) from None
        yield


@contextlib.contextmanager
def out_of_service(cause):
    """The portal answers 503 meanwhile. An outage somebody switched on before stays on afterwards; one that a
    killed command left behind does not."""
    before = outage.stored()
    stays = before is not None and (before.cause == "planned" or bool(before.moved_to))
    if not stays:
        outage.switch_on(announced_end(), cause=cause)
    try:
        yield
    finally:
        left = outage.stored()
        if not stays and left is not None and not left.moved_to:
            outage.switch_off()


def announced_end():
    """When the announced outage of now, or of the next hour, ends; None where none is announced, or the
    database cannot be asked."""
    from portal.models import PlannedOutage

    now = timezone.now()
    if not exists(settings.DATABASES["default"]):
        return None
    try:
        return (
            PlannedOutage.objects.filter(starts_at__lte=now + timedelta(hours=1), ends_at__gt=now)
            .order_by("starts_at", "pk")
            .values_list("ends_at", flat=True)
            .first()
        )
    except DatabaseError:
        return None
    finally:
        connections.close_all()


@contextlib.contextmanager
def said_in_words():
    try:
        yield
    except Problem:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Failed(_("The disk is full: nothing was changed. Make room, then try again.")) from error
        raise Failed(
            _("Nothing was changed: %(reason)s (%(file)s)")
            % {"reason": error.strerror or error, "file": error.filename or "-"}
        ) from error
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if "disk is full" in reason or "No space left" in reason:
            raise Failed(_("The disk is full: nothing was changed. Make room, then try again.")) from error
        raise Failed(_("Nothing was changed: the database says: %(reason)s") % {"reason": reason}) from error
