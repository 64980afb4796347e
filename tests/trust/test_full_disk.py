"""A disk that fills while somebody sends a file: nothing half-written stays, what was typed comes back."""

import errno
import os
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from people.models import User
from tests.html import assert_sound
from trust import full_disk
from trust.storage import PrivateStorage

PDF = b"%PDF-1.7\n" + b"x" * 3_000_000 + b"\n%%EOF"


def no_room(*args, **kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Fills(ContentFile):
    """The disk takes the first pieces and no more."""

    def chunks(self, chunk_size=None):
        yield b"first"
        yield b"second"
        no_room()


@pytest.mark.parametrize("storage", [default_storage, PrivateStorage()], ids=["public", "private"])
def test_nothing_half_written_stays(storage):
    kept = storage.save("a/đơn.pdf", ContentFile(b"whole"))
    with pytest.raises(OSError, match="No space left"):
        storage.save("a/đơn.pdf", Fills(b""))
    folder = Path(storage.path(kept)).parent
    assert [path.name for path in folder.iterdir()] == [Path(kept).name]
    assert Path(storage.path(kept)).read_bytes() == b"whole"


def test_a_disk_that_is_full_is_known_in_whatever_words_it_is_said():
    assert full_disk.is_full(OSError(errno.EDQUOT, "quota"))
    assert full_disk.is_full(OperationalError("database or disk is full"))
    wrapped = ValueError("x")
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert full_disk.is_full(wrapped)
    assert not full_disk.is_full(OSError(errno.EACCES, "denied")) and not full_disk.is_full(None)


@pytest.fixture
def full_tmp(monkeypatch):
    """The folder for uploads on their way in has no room."""
    usual = full_disk.TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        full_disk.TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda self, data, start: usual(self, data, start) if start < 500_000 else no_room(),
    )


@pytest.mark.urls("tests.trust.urls_for_tests")
def test_the_form_says_so_at_the_file_and_keeps_every_other_field(client, full_tmp):
    paper = SimpleUploadedFile("don.pdf", PDF, "application/pdf")
    answer = client.post("/take/", {"note": "Đã gõ lâu", "paper": paper, "after": "và cả phần sau"})
    said = answer.json()
    assert (said["note"], said["after"]) == ("Đã gõ lâu", "và cả phần sau")
    assert list(said["errors"]) == ["paper"]
    assert said["errors"]["paper"] == [str(full_disk.refusal().message)]


@pytest.mark.urls("tests.trust.urls_for_tests")
def test_a_plain_file_field_says_so_as_well(client, full_tmp):
    careless = SimpleUploadedFile("don.pdf", PDF, "application/pdf")
    answer = client.post("/take/", {"note": "x", "careless": careless})
    assert answer.json()["errors"]["careless"] == [str(full_disk.refusal().message)]


@pytest.fixture
def officer():
    client = Client(raise_request_exception=False, headers={"sec-fetch-site": "same-origin"})
    client.force_login(User.objects.create_user("an"))
    return client


@pytest.mark.django_db
@pytest.mark.urls("tests.trust.urls_for_tests")
def test_a_form_whose_file_could_not_be_kept_comes_back_filled_in(officer):
    answer = officer.post("/write/", {"note": "Đã gõ rất lâu"})
    assert (answer.status_code, answer["Location"]) == (302, "/write/")
    page = officer.get("/write/").content.decode()
    assert page == f"Đã gõ rất lâu|{full_disk.refusal().message}"


@pytest.mark.django_db
@pytest.mark.urls("tests.trust.urls_for_tests")
def test_where_the_session_finds_no_room_either_the_browser_still_has_it(officer, monkeypatch):
    def save(*args, **kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(SessionStore, "save", save)
    answer = officer.post("/write/", {"note": "Đã gõ rất lâu"})
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "chưa được lưu" in page and "Quay lại" in page
    assert_sound(page)


@pytest.mark.django_db
@pytest.mark.urls("tests.trust.urls_for_tests")
def test_a_broken_server_is_still_called_one():
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500 and "Cổng đang gặp lỗi" in answer.content.decode()
