"""Samples loaded once for all tests that only look at them."""

from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import TestCase, override_settings
from django.utils import timezone

from people.samples import Size, load
from plan.units import load_units

NOW = timezone.make_aware(datetime(2026, 11, 23, 10, 0))
PASSWORD = "only-for-tests-14"


def files_in(folder):
    """The folder of the samples' files stands where a test's own does."""
    return override_settings(MEDIA_ROOT=Path(folder), PRIVATE_ROOT=Path(folder) / "private")


@contextmanager
def files_aside():
    """The files of samples go to a folder that is gone once these are loaded: for tests that read rows."""
    with TemporaryDirectory() as folder, files_in(folder):
        yield


class OnceLoaded(TestCase):
    """Samples of one size for all tests of a class; their files go to a folder of the class's own."""

    size = Size()

    @classmethod
    def setUpTestData(cls):
        cls.folder = cls.enterClassContext(TemporaryDirectory())
        with files_in(cls.folder):
            load_units()
            cls.made = load(cls.size, now=NOW, password=PASSWORD)
