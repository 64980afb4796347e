"""The files of people: walked for a backup, put beside and then in place of the others by a restore.

Everything happens inside MEDIA_ROOT, which may be a disk of its own: the new files come in a folder beside
the old ones and each entry takes its place by a rename.
"""

import contextlib
import os
import shutil
from pathlib import Path

from django.conf import settings

COMING, GONE = ".restoring-", ".before-"
_BLOCK = 1024 * 1024


def root():
    return Path(settings.MEDIA_ROOT)


def files():
    """(path below MEDIA_ROOT with slashes, path) of every file, in a fixed order, links left out."""
    base = root()
    if not base.is_dir():
        return
    for folder, folders, names in os.walk(base):
        here = Path(folder)
        if here == base:
            folders[:] = [name for name in folders if not name.startswith((COMING, GONE))]
        folders.sort()
        for name in sorted(names):
            path = here / name
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(base).as_posix(), path


def is_empty():
    return next(files(), None) is None


class Staging:
    """The files of a backup, beside those in use until `swap`."""

    def __init__(self, mark):
        self.coming, self.gone = root() / f"{COMING}{mark}", root() / f"{GONE}{mark}"
        self.coming.mkdir(parents=True, exist_ok=False, mode=0o700)

    def write(self, path, opened):
        target = self.coming / path
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        private = path.startswith(_private_folder())
        with open(target, "xb", opener=_opener(0o600 if private else 0o640)) as file:
            shutil.copyfileobj(opened, file, _BLOCK)
            file.flush()
            os.fsync(file.fileno())

    def swap(self):
        """The new files in place of the old, which go aside; undone where an entry cannot be moved."""
        self.gone.mkdir(mode=0o700)
        moved = []
        try:
            for source, target in ((root(), self.gone), (self.coming, root())):
                for entry in sorted(source.iterdir()):
                    if not entry.name.startswith((COMING, GONE)):
                        entry.rename(target / entry.name)
                        moved.append((target / entry.name, entry))
        except OSError:
            for now, before in reversed(moved):
                now.rename(before)
            self.gone.rmdir()
            raise
        self.coming.rmdir()
        return moved

    def swap_back(self, moved):
        self.coming.mkdir(mode=0o700)
        for now, before in reversed(moved):
            now.rename(before)
        self.gone.rmdir()

    def drop_old(self):
        shutil.rmtree(self.gone, ignore_errors=True)

    def drop_new(self):
        shutil.rmtree(self.coming, ignore_errors=True)


def drop_leftovers(*beginnings):
    """Of a restore that was killed, or of files set aside."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        found = [entry for entry in root().iterdir() if entry.name.startswith(beginnings)]
    for entry in found:
        shutil.rmtree(entry, ignore_errors=True)
    return found


def _private_folder():
    with contextlib.suppress(ValueError):
        return Path(settings.PRIVATE_ROOT).relative_to(root()).as_posix() + "/"
    return "\0"


def _opener(mode):
    return lambda path, flags: os.open(path, flags, mode)
