"""Commendations: entered by the personnel officer alone, refused in words, withdrawn with a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import Notification
from people import commendations
from people.commendations import Refused
from people.models import Commendation, CommendationChange
from tests.html import assert_sound

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return builders.officer()


@pytest.fixture
def person():
    return builders.staff(user=builders.account("canbo"), in_unit=builders.unit())


def typed(**changes):
    today = timezone.localdate()
    values = {
        "year": str(today.year),
        "kind": "title",
        "title": "Chiến sĩ thi đua cơ sở",
        "decision_number": "45/QĐ-UBND",
        "decided_on": f"{today:%d/%m/%Y}",
        "issued_by": "Chủ tịch UBND phường Hưng Đạo",
    }
    return values | changes


def at(person):
    return f"/nhan-su/can-bo/{person.pk}/khen-thuong/"


def test_the_officer_enters_it_and_the_person_is_told(client, officer, person):
    client.force_login(officer)
    assert_sound(client.get(at(person)).content)
    answer = client.post(at(person), typed())
    assert answer.url == f"/nhan-su/can-bo/{person.pk}/#khen-thuong"
    row = Commendation.objects.get()
    assert (row.staff, row.title, row.year) == (person, "Chiến sĩ thi đua cơ sở", timezone.localdate().year)
    assert [(c.change, c.actor_name) for c in row.changes.all()] == [("entered", officer.display_name)]
    assert [n.recipient for n in Notification.objects.filter(event="people.commended")] == [person.user]
    page = client.get(f"/nhan-su/can-bo/{person.pk}/")
    assert_sound(page.content)
    assert "Chiến sĩ thi đua cơ sở" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"decided_on": timezone.localdate() + timedelta(days=1)}, "decided_in_future"),
        ({"year": 1980}, "year_outside"),
        ({"year": timezone.localdate().year + 1}, "year_outside"),
        ({"decided_on": timezone.localdate() - timedelta(days=800)}, "year_after_decision"),
    ],
)
def test_what_cannot_be_is_refused(officer, person, changes, code):
    values = {
        "year": timezone.localdate().year,
        "kind": "commendation",
        "title": "Giấy khen",
        "decision_number": "1/QĐ",
        "decided_on": timezone.localdate(),
        "issued_by": "UBND",
    }
    with pytest.raises(Refused, match=code):
        commendations.enter(officer, person, **(values | changes))
    assert not Commendation.objects.exists()


def test_nothing_stands_twice_and_what_was_typed_stays(client, officer, person):
    client.force_login(officer)
    client.post(at(person), typed())
    again = client.post(at(person), typed())
    assert again.status_code == 422
    assert_sound(again.content)
    assert 'value="45/QĐ-UBND"' in again.content.decode()
    assert Commendation.objects.count() == CommendationChange.objects.count() == 1


def test_it_is_withdrawn_with_a_reason_and_can_be_entered_anew(client, officer, person):
    client.force_login(officer)
    client.post(at(person), typed())
    row = Commendation.objects.get()
    out = f"/nhan-su/khen-thuong/{row.pk}/rut/"
    assert_sound(client.get(out).content)
    assert client.post(out, {"reason": " "}).status_code == 422
    assert client.post(out, {"reason": "Nhập nhầm người."}).status_code == 302
    assert client.get(out).status_code == 404
    with pytest.raises(Refused, match="withdrawn_already"):
        commendations.withdraw(officer, row, "Lần nữa.")
    assert [(c.change, c.reason) for c in row.changes.all()] == [
        ("entered", ""),
        ("withdrawn", "Nhập nhầm người."),
    ]
    assert client.post(at(person), typed()).status_code == 302
    assert Commendation.objects.count() == 2


def test_nobody_else_enters_one(client, person):
    client.force_login(person.user)
    assert client.get(at(person)).status_code == 403
    with pytest.raises(Refused, match="only_personnel"):
        commendations.enter(
            person.user,
            person,
            year=2026,
            kind="title",
            title="x",
            decision_number="1",
            decided_on=timezone.localdate(),
            issued_by="y",
        )
