"""Encrypted streams: what is written is never held whole, what is read is known to be unaltered.

age cuts the stream into pieces of 64 kB, each authenticated with its place, the last marked as the last: a
changed byte, a piece moved and a file cut short, be it between two pieces, all end the reading.
"""

import contextlib
import os
import threading

import pyrage
from django.utils.translation import gettext as _

from .problems import Damaged

_PIPE = 1 << 20


@contextlib.contextmanager
def encrypting(file, identity):
    """A file to write to; all of it is in `file`, encrypted, when the block is left without an error.

    The error of `file` itself (a full disk) is raised as it was.
    """
    target = _Target(file)
    with _beside(lambda source: pyrage.encrypt_io(source, target, [identity.to_public()])) as side:
        try:
            yield side.writer
        finally:
            side.writer.close_quietly()
            side.join()
    if target.error is not None:
        raise target.error
    if side.error is not None:
        raise side.error


@contextlib.contextmanager
def decrypting(file, identity):
    """A file to read from. Damaged as soon as something is wrong, at the latest when the block is left; what
    was read before is genuine, but only a block left without an error has seen the whole."""
    read_end, write_end = os.pipe()
    failed = []

    def work():
        with os.fdopen(write_end, "wb", buffering=_PIPE) as sink:
            try:
                pyrage.decrypt_io(file, sink, [identity])
                sink.flush()
            except Exception as error:  # told in the thread that reads
                failed.append(error)
                with contextlib.suppress(OSError):
                    sink.close()

    thread = threading.Thread(target=work, name="decrypting", daemon=True)
    thread.start()
    source = os.fdopen(read_end, "rb", buffering=_PIPE)
    try:
        yield source
        rest = _drain(source)
        thread.join()
        if failed:
            raise _damaged(failed[0])
        if rest:
            raise Damaged(_("The backup goes on after its end: it was altered."))
    except Exception as error:
        # What went wrong on the other side comes first here: its end of the pipe closes after it is noted.
        if failed and not isinstance(error, Damaged):
            raise _damaged(failed[0]) from error
        raise
    finally:
        source.close()
        thread.join()


def _drain(source):
    """How many bytes other than padding come after what the reader took."""
    extra = 0
    while piece := source.read(_PIPE):
        extra += len(piece.strip(b"\0"))
    return extra


def _damaged(error):
    if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
        return Damaged(_("BACKUP_KEY does not open this backup: it was written with another key."))
    if isinstance(error, pyrage.DecryptError):
        return Damaged(_("This is not a backup of the portal, or its beginning is damaged."))
    return Damaged(
        _("The backup is cut short or was altered. Take another one: nothing of this one can be trusted.")
    )


class _Target:
    """Where the encrypted bytes go. pyrage turns any error into words of its own: the real one is kept."""

    def __init__(self, file):
        self.file, self.error = file, None

    def write(self, data):
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self):
        self.file.flush()


class _Writer:
    """Our end of the pipe. When the other side has ended with an error, writing says so at once."""

    def __init__(self, pipe):
        self.pipe = pipe

    def write(self, data):
        return self.pipe.write(data)

    def flush(self):
        self.pipe.flush()

    def close_quietly(self):
        with contextlib.suppress(OSError):
            self.pipe.close()


class _Side:
    def __init__(self, work):
        read_end, write_end = os.pipe()
        self.error = None
        self.writer = _Writer(os.fdopen(write_end, "wb", buffering=_PIPE))
        self._source = os.fdopen(read_end, "rb", buffering=_PIPE)
        self._thread = threading.Thread(target=self._run, args=(work,), name="encrypting", daemon=True)
        self._thread.start()

    def _run(self, work):
        with self._source:
            try:
                work(self._source)
            except Exception as error:  # told in the thread that writes
                self.error = error

    def join(self):
        self._thread.join()


@contextlib.contextmanager
def _beside(work):
    side = _Side(work)
    try:
        yield side
    except BrokenPipeError:  # the other side's error says more
        if side.error is None:
            raise
