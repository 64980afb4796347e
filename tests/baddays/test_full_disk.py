"""A disk that is really full, a small one mounted for the test: while a file is sent, and while a backup is
written."""

import contextlib
import os
import subprocess

import pytest
import requests
from django.conf import settings

from ideas.models import Attachment
from tests.ideas.builders import draft, make_ward
from tests.ideas.form_builders import step, typed

from .commands import Office
from .portal import TOKEN


def _mount(size, folder):
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path):
    """`small_disk("8m")`: a folder on a disk of that size. Mounting one takes an administrator."""
    with contextlib.ExitStack() as stack:

        def make(size):
            folder = tmp_path / "small"
            folder.mkdir()
            if not _mount(size, folder):
                pytest.skip("may mount no disk here")
            stack.callback(subprocess.run, ["umount", "-l", str(folder)], check=True)
            return folder

        yield make


def fill(folder):
    """Something else that takes all the room there is."""
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(1 << 16)):
            pass
    return ballast


PDF = b"%PDF-1.7\n" + os.urandom(2_000_000) + b"\n%%EOF"


def send_file(portal, cookie, dossier):
    """Step 6 of the application with a file of 2 MB and words beside it."""
    fields = typed(dossier, 6, then="stay", files_kind="evidence", csrfmiddlewaretoken=TOKEN)
    return requests.post(
        portal.web.origin + step(dossier, 6),
        data=fields,
        files={"files": ("anh-that.pdf", PDF, "application/pdf")},
        headers={"Cookie": f"{cookie}; csrftoken={TOKEN}", "Origin": portal.web.origin},
        allow_redirects=True,
        timeout=60,
    )


def files_of(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != "ballast")


def test_while_a_file_is_sent_nothing_half_stays_and_it_is_taken_once_there_is_room(
    open_portal, small_disk, monkeypatch
):
    media = small_disk("8m")
    monkeypatch.setattr(settings, "MEDIA_ROOT", media)
    portal = open_portal("sqlite", MEDIA_ROOT=str(media))
    ward = make_ward()
    dossier, author = draft(ward), portal.visitor(ward.tacgia)
    ballast, before = fill(media), files_of(media)
    portal.web.start()
    refused = send_file(portal, author.cookie, dossier)
    assert "chưa được lưu" in refused.text, refused.text[:2000]
    assert (Attachment.objects.filter(name="anh-that.pdf").count(), files_of(media)) == (0, before)
    assert portal.visitor().get("/").status == 200
    ballast.unlink()
    taken = send_file(portal, author.cookie, dossier)
    assert (taken.status_code, Attachment.objects.filter(name="anh-that.pdf").count()) == (200, 1)
    assert len(files_of(media)) == len(before) + 1


def test_a_backup_that_finds_no_room_leaves_the_last_one_and_says_so(open_portal, small_disk):
    portal, disk = open_portal("sqlite"), small_disk("4m")
    office, file = Office(portal), disk / "night.age"
    make_ward()
    office.run("backup", file)
    kept, ballast = file.read_bytes(), fill(disk)
    code, said = office.fails("backup", file)
    assert (code, str(disk) in said) == (1, True), said
    assert (file.read_bytes(), sorted(path.name for path in disk.iterdir())) == (
        kept,
        ["ballast", "night.age"],
    )
    ballast.unlink()
    office.run("backup", file)
    office.run("restore", file, "--check")
