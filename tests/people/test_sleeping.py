"""Accounts nobody uses: warned, closed, opened again by their owner through a letter."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.models import OutboxMail
from notifications.sending import send_due
from people import accounts
from people.models import AccountChange, User
from people.sign_in import sleeping
from tests.people.test_sign_in import sign_in, signed_in
from trust.models import AuditEvent

from .builders import PASSWORD, account, administrator

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ASK = "/tai-khoan/mo-lai/"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["ngon_ngu"] = "en"


def unused(username, days, *roles, **fields):
    user = account(username, *roles, **fields)
    long_ago = NOW - timedelta(days=days)
    User.objects.filter(pk=user.pk).update(date_joined=long_ago, last_login=long_ago)
    return user


def states():
    return {user.username: user.is_active for user in User.objects.order_by("pk")}


def look(days=0):
    return sleeping.look_after(NOW + timedelta(days=days))


def asleep(username="an"):
    user = unused(username, 60, idle_warned_at=NOW - timedelta(days=8))
    look()
    user.refresh_from_db()
    assert user.asleep_since
    return user


def letter():
    send_due()
    return re.search(r"http://\S+(/tai-khoan/mo-lai/\S+/)", mail.outbox[-1].body)[1]


def test_a_week_before_the_owner_is_warned_once_with_the_day():
    an = unused("an", 38)
    unused("binh", 37)
    assert look() == (1, 0)
    assert look() == (0, 0)
    told = an.notifications.get()
    assert told.event == "people.sleeps_soon"
    assert told.params == {"day": f"{timezone.localdate(NOW) + timedelta(days=7):%d/%m/%Y}"}
    assert states() == {"an": True, "binh": True}


def test_after_forty_five_days_it_is_closed_and_its_owner_told():
    an = unused("an", 38)
    look()
    assert look(days=6) == (0, 0)
    assert look(days=7) == (0, 1)
    an.refresh_from_db()
    assert (an.is_active, an.asleep_since, an.idle_warned_at) == (False, NOW + timedelta(days=7), None)
    send_due()
    assert [each.to for each in mail.outbox] == [["an@hungdao.example"]] * 2
    assert AccountChange.objects.get().change == "asleep"
    assert AuditEvent.objects.filter(action="account.asleep", target_key=an.pk).count() == 1


def test_nobody_is_closed_unwarned_though_the_worker_stood_still_or_the_clock_leapt():
    unused("an", 300)
    assert look() == (1, 0)
    assert look(days=1) == (0, 0)
    assert look(days=7) == (0, 1)


def test_a_sign_in_after_the_warning_begins_anew(client):
    an = unused("an", 40)
    look()
    sign_in(client)
    an.refresh_from_db()
    assert an.idle_warned_at is None
    assert look(days=8) == (0, 0)


def test_samples_stay_and_so_does_the_administrator_who_signed_in_last():
    warned = {"idle_warned_at": NOW - timedelta(days=8)}
    unused("mau", 90, is_sample=True, **warned)
    unused("quantri", 80, "administrator", **warned)
    unused("quantri2", 90, "administrator", **warned)
    assert look() == (0, 1)
    assert states() == {"mau": True, "quantri": True, "quantri2": False}


def test_an_account_never_used_counts_from_its_making():
    an = unused("an", 45, idle_warned_at=NOW - timedelta(days=7))
    User.objects.update(last_login=None)
    assert look() == (0, 1)
    an.refresh_from_db()
    assert not an.is_active


def test_whoever_types_the_right_password_is_sent_the_letter(client):
    asleep()
    assert sign_in(client).url == "/tai-khoan/chua-mo/"
    page = client.get("/tai-khoan/chua-mo/").content.decode()
    assert "A letter with a link is on its way" in page and not signed_in(client)
    assert client.get(letter()).status_code == 200


def test_the_letter_opens_the_account_once(client):
    an = asleep()
    client.post(ASK, {"name": "an"})
    link = letter()
    assert "One press opens it." in client.get(link).content.decode()  # a mail program's visit opens nothing
    an.refresh_from_db()
    assert not an.is_active
    assert "The account is open again" in client.post(link).content.decode()
    an.refresh_from_db()
    assert (an.is_active, an.asleep_since) == (True, None)
    for again in (client.get(link), client.post(link)):
        assert again.status_code == 404 and "This link no longer works" in again.content.decode()
    sign_in(client)
    assert signed_in(client)
    assert look(days=30) == (0, 0)  # it counts from when it was opened
    assert list(AccountChange.objects.order_by("pk").values_list("change", flat=True)) == ["asleep", "awake"]


def test_the_link_ends_after_a_day(client, monkeypatch):
    asleep()
    client.post(ASK, {"name": "an@hungdao.example"})
    link = letter()
    import time

    moment = time.time() + sleeping.LETTER_HOURS * 3600 + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: moment)
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404


def test_a_link_of_an_earlier_sleep_opens_nothing(client):
    an = asleep()
    client.post(ASK, {"name": "an"})
    link = letter()
    User.objects.filter(pk=an.pk).update(asleep_since=NOW + timedelta(hours=1))
    assert client.post(link).status_code == 404


def test_a_link_opens_nothing_the_administrator_closed(client):
    an = asleep()
    client.post(ASK, {"name": "an"})
    link = letter()
    quantri = administrator()
    accounts.set_active(quantri, an, True)
    accounts.set_active(quantri, an, False)
    assert client.post(link).status_code == 404
    assert client.post(ASK, {"name": "an"}).status_code == 200
    assert OutboxMail.objects.filter(to="an@hungdao.example", notification=None).count() == 1


def test_asking_says_the_same_whoever_is_named(client):
    asleep("ngu-7")
    account("thuc-8")
    account("dong-9", is_active=False)
    answers = set()
    for name in ("ngu-7", "thuc-8", "dong-9", "khongai", "ngu-7@hungdao.example"):
        page = client.post(ASK, {"name": name})
        assert page.status_code == 200
        answers.add(re.sub(r'(value|data-csrf)="[^"]*"', "", page.content.decode()))
    assert len(answers) == 1
    assert OutboxMail.objects.filter(notification=None).count() == 2  # for the one who sleeps


def test_asking_costs_the_same_whoever_is_named(client):
    asleep()
    account("binh")
    client.post(ASK, {"name": "x"})
    costs = {}
    for name in ("an", "binh", "khongai"):
        with CaptureQueriesContext(connection) as asked:
            client.post(ASK, {"name": name})
        costs[name] = len([each for each in asked if "SAVEPOINT" not in each["sql"]])
    assert len(set(costs.values())) == 1, costs


def test_asking_again_and_again_is_slowed_down(client):
    for _n in range(10):
        assert client.post(ASK, {"name": "an"}).status_code == 200
    assert client.post(ASK, {"name": "an"}).status_code == 429


def test_an_empty_name_is_asked_for(client):
    page = client.post(ASK, {"name": ""})
    assert page.status_code == 422 and "This field is required." in page.content.decode()


def test_the_administrator_opens_it_too(client):
    an = asleep()
    client.force_login(administrator())
    page = client.get(f"/nhan-su/tai-khoan/{an.pk}/").content.decode()
    assert "Closed: not used" in page
    client.post(f"/nhan-su/tai-khoan/{an.pk}/mo/")
    other = Client()
    other.post("/tai-khoan/login/", {"login": "an", "password": PASSWORD})
    assert signed_in(other)
