"""Samples loaded once for all tests that only look at them."""

from datetime import datetime
from tempfile import TemporaryDirectory

from django.test import TestCase
from django.utils import timezone

from people.samples import Size, load
from plan.units import load_units
from tests.files import files_in

NOW = timezone.make_aware(datetime(2026, 11, 23, 10, 0))
PASSWORD = "only-for-tests-14"


class OnceLoaded(TestCase):
    """Samples of one size for all tests of a class; their files go to a folder of the class's own."""

    size = Size()

    @classmethod
    def setUpTestData(cls):
        cls.folder = cls.enterClassContext(TemporaryDirectory())
        with files_in(cls.folder):
            load_units()
            cls.made = load(cls.size, now=NOW, password=PASSWORD)
