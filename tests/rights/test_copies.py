"""Copies of data: everything about one person and nothing about another, made by the worker, private,
expiring."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from notifications.models import Notification
from people.models import Leave
from rights import codes, copies, copying, identity
from rights.models import CopyState, DataCopy
from rights.refusing import Refused
from tests.people.builders import LONG_AGO, account, staff, unit
from trust.models import AuditEvent
from trust.persons import find_person

from .builders import NOW, do, fresh, officer, sent

pytestmark = pytest.mark.django_db


def somebody():
    user = account("canbo")
    person = staff("HD-0101", "Ngô Thị Bản Sao", in_unit=unit(), user=user, email="bansao@thu.example")
    Leave.objects.create(staff=person, start_on=LONG_AGO, kind="Ốm dài ngày 4411")
    staff("HD-0102", "Người Bên Cạnh 7733", in_unit=unit(), email="bencanh@thu.example")
    return user, person


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def rows_of(data, table):
    return [
        row
        for activity in data["activities"]
        for one in activity["tables"]
        if one["table"] == table
        for row in one["rows"]
    ]


def test_a_copy_holds_everything_of_the_person_and_nothing_of_the_next():
    user, _person = somebody()
    files = unpacked(copying.archive(find_person(user={user.pk}), NOW))
    assert set(files) == {"du-lieu.json", "du-lieu.pdf"}
    data = json.loads(files["du-lieu.json"])
    assert [row["full_name"] for row in rows_of(data, "people.Staff")] == ["Ngô Thị Bản Sao"]
    assert [row["kind"] for row in rows_of(data, "people.Leave")] == ["Ốm dài ngày 4411"]
    assert [row["username"] for row in rows_of(data, "people.User")] == ["canbo"]
    assert [row["unit"] for row in rows_of(data, "people.UnitAssignment")] == ["Phòng Văn hóa - Xã hội"]
    text = files["du-lieu.json"].decode()
    for foreign in ("Người Bên Cạnh 7733", "bencanh", "HD-0102"):
        assert foreign not in text
    assert files["du-lieu.pdf"].startswith(b"%PDF")


def test_a_copy_opens_nothing():
    user, _person = somebody()
    text = unpacked(copying.archive(find_person(user={user.pk}), NOW))["du-lieu.json"].decode()
    assert user.password not in text
    assert "session_data" not in text and '"token"' not in text


def test_each_activity_says_for_what_on_which_basis_and_how_long():
    user, _person = somebody()
    data = json.loads(unpacked(copying.archive(find_person(user={user.pk}), NOW))["du-lieu.json"])
    for activity in data["activities"]:
        assert all(activity[name] for name in ("name", "purpose", "basis", "law", "readers", "kept"))


def test_whoever_the_portal_keeps_nothing_about_reads_so():
    files = unpacked(copying.archive(find_person(email={"khong@thu.example"}), NOW))
    assert json.loads(files["du-lieu.json"])["activities"] == []


def test_the_worker_makes_it_once_and_tells_the_person():
    user, _person = somebody()
    row = copies.ask(user, NOW)
    with pytest.raises(Refused) as refused:
        copies.ask(user, NOW)
    assert refused.value.code == "copy_asked_already"
    copies.make_waiting(NOW)
    copies.make_waiting(NOW)
    row.refresh_from_db()
    assert (row.state, row.expires_at) == (CopyState.READY, NOW + timedelta(days=7))
    with row.file.open() as made:
        assert copying.digest_of(made.read()) == row.sha256
    told = Notification.objects.filter(event="rights.copy_ready").values_list("recipient", flat=True)
    assert list(told) == [user.pk]


def test_a_copy_that_fails_is_tried_three_times_then_given_up(monkeypatch):
    user, _person = somebody()
    row = copies.ask(user, NOW)
    monkeypatch.setattr(copying, "archive", _fail)
    for _attempt in range(3):
        copies.make_waiting(NOW)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (CopyState.FAILED, 3)
    assert copies.ask(user, NOW)


def _fail(*args):
    raise OSError("disk full")


def test_an_expired_copy_is_not_handed_out_and_its_file_is_erased(client, django_capture_on_commit_callbacks):
    user, _person = somebody()
    row = copies.ask(user, NOW)
    copies.make_waiting(NOW)
    row.refresh_from_db()
    storage, name = row.file.storage, row.file.name
    assert copies.is_there(row, NOW + timedelta(days=6, hours=23))
    assert not copies.is_there(row, NOW + timedelta(days=7))
    with django_capture_on_commit_callbacks(execute=True):
        assert copies.drop_expired(row.expires_at) == 0
        assert copies.drop_expired(row.expires_at + timedelta(seconds=1)) == 1
        assert copies.drop_expired(row.expires_at + timedelta(seconds=1)) == 0
    row.refresh_from_db()
    assert (row.state, row.file.name) == (CopyState.EXPIRED, "")
    assert not storage.exists(name)


def test_one_s_own_copy_is_nobody_else_s(client):
    from django.utils import timezone

    user, _person = somebody()
    row = copies.ask(user)
    copies.make_waiting(timezone.now())
    address = f"/quyen-du-lieu/cua-toi/ban-sao/{row.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(account("khac"))
    assert client.get(address).status_code == 404
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert zipfile.is_zipfile(io.BytesIO(b"".join(response.streaming_content)))
    [close() for close in response._resource_closers]
    assert AuditEvent.objects.filter(action="rights.copy_taken").count() == 1


def test_the_officer_has_a_copy_made_and_the_sender_alone_takes_it(client):
    from django.utils import timezone

    baove = officer()
    _user, _person = somebody()
    now = timezone.now()
    request = sent("provide", email="bansao@thu.example", now=now)
    identity.confirm_mailbox(request, now)
    do("answer", fresh(request), baove, "Phường đã nhận.", now=now)
    do("ask_copy", fresh(request), baove, now=now)
    copies.make_waiting(now)
    code = codes.shown(request.code)
    response = client.get(f"/quyen-du-lieu/theo-doi/{code}/ban-sao/")
    assert response.status_code == 200
    files = unpacked(b"".join(response.streaming_content))
    assert "Ngô Thị Bản Sao" in files["du-lieu.json"].decode()
    client.force_login(baove)
    row = DataCopy.objects.get()
    assert client.get(f"/quyen-du-lieu/cua-toi/ban-sao/{row.pk}/").status_code == 404


def test_no_copy_is_made_of_whoever_is_not_known():
    baove, request = officer(), sent("provide")
    with pytest.raises(Refused) as refused:
        do("ask_copy", request, baove)
    assert refused.value.code == "identity_first"
