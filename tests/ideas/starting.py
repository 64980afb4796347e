"""Where a test begins: a ward with a dossier that was taken so far once for all tests of its module that
begin there. Each test has a copy of both in a transaction that is undone, and their files in its own folder.

    @starting(builders.voted)
    def test_what_the_head_finds(client, ward, initiative): ...

pytest puts the tests that begin at the same place one after the other. A test that names none has the ward
alone, or what its module says for all: `start = begun_by(builders.evaluated)`. In such a module every test
that touches the database takes `ward`: one that made its own might meet another one standing.
"""

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests import standing
from tests.files import files_aside

from . import builders


def starting(build):
    """For a test that takes `ward` and `initiative`, which `build(ward)` gives."""
    return pytest.mark.parametrize("start", [build], indirect=True, scope="module")


def begun_by(build=None):
    """The fixture `start` of a module whose tests begin there unless they say otherwise."""

    @pytest.fixture(scope="module")
    def start(request, django_db_setup, django_db_blocker):
        with standing.built(django_db_blocker, _begin, getattr(request, "param", build)) as made:
            yield made

    return start


@dataclass
class Start:
    ward: builders.Ward
    initiative: object
    files: dict

    def copied(self):
        """What a test may change, with its files where it looks for them."""
        _write(self.files)
        return deepcopy((self.ward, self.initiative))


def _begin(build):
    with files_aside():
        ward = builders.make_ward()
        initiative = build(ward) if build else None
        return Start(ward, initiative, _read())


def _read():
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _write(files):
    for name, content in files.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
