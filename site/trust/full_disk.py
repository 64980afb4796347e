"""A disk that is full while somebody sends a file: nothing half-written stays, they read what happened."""

import contextlib
import errno
import threading

from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext as _

from .uploads import HugeUpload, UploadRefused

_NUMBERS = (errno.ENOSPC, errno.EDQUOT)
_SAID_BY_DATABASES = ("database or disk is full", "No space left on device")


def is_full(error) -> bool:
    """Whether `error`, or what led to it, says that a disk is full."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in _NUMBERS:
            return True
        if any(said in str(error) for said in _SAID_BY_DATABASES):
            return True
        error = error.__cause__ or error.__context__
    return False


class WholeFiles(FileSystemStorage):
    """Files are there whole or not at all: what was written of one before the disk was full goes again."""

    def get_available_name(self, name, max_length=None):
        found = super().get_available_name(name, max_length)
        _writing.name = found
        return found

    def _save(self, name, content):
        _writing.name = name
        try:
            return super()._save(name, content)
        except OSError as error:
            if is_full(error):  # the name was free a moment ago, and was opened as new: it is ours
                with contextlib.suppress(OSError):
                    self.delete(_writing.name)
            raise


_writing = threading.local()  # the name last tried: another process may have taken the first one


class RoomForUploads(TemporaryFileUploadHandler):
    """The last upload handler: where the temporary file finds no room, the rest is read and dropped, so that
    the other fields come in and the form shows the reason at the file."""

    def new_file(self, *args, **kwargs):
        self.no_room = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._give_up(error)

    def receive_data_chunk(self, raw_data, start):
        if self.no_room:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._give_up(error)

    def file_complete(self, file_size):
        if self.no_room:
            return NoRoom(self.file_name, self.field_name)
        try:
            return super().file_complete(file_size)
        except OSError as error:  # what was written into memory first fits no longer
            self._give_up(error)
            return NoRoom(self.file_name, self.field_name)

    def upload_interrupted(self):
        if not self.no_room:
            super().upload_interrupted()

    def _give_up(self, error):
        if not is_full(error):
            raise error
        self.no_room = True
        with contextlib.suppress(OSError, AttributeError):
            self.file.close()


class NoRoom(HugeUpload):
    """Stands in a form's files for one the disk had no room for."""

    def __init__(self, name, field_name):
        super().__init__(name, 0, field_name)

    def refusal(self, policy=None):
        return refusal()


def refusal():
    return UploadRefused(
        "no_room",
        _(
            "The portal has no room for files at the moment, so the file was not kept. Everything else you "
            "typed is still here. The failure was recorded; send again later."
        ),
    )
