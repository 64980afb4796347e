"""Samples loaded once for a module of tests (tests/standing.py)."""

from contextlib import contextmanager
from tempfile import TemporaryDirectory

from django.test import override_settings


@contextmanager
def files_aside():
    """The files of samples go to a folder that is gone once these are loaded: for tests that read rows."""
    with (
        TemporaryDirectory() as folder,
        override_settings(MEDIA_ROOT=folder, PRIVATE_ROOT=f"{folder}/private"),
    ):
        yield
