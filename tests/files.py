"""Where the files of tests lie."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings


def files_in(folder):
    """This folder stands where a test's own does."""
    return override_settings(MEDIA_ROOT=Path(folder), PRIVATE_ROOT=Path(folder) / "private")


@contextmanager
def files_aside():
    """The files of a world go to a folder that is gone once it is built: for tests that read rows alone."""
    with TemporaryDirectory() as folder, files_in(folder):
        yield
