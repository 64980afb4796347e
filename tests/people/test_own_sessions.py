"""Where one is signed in, and ending it; the page about one's own sign-in."""

import io

import pytest
from allauth.usersessions.models import UserSession
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.asgi import application
from notifications.consumers import SIGN_IN_ENDED
from people import accounts
from people.sign_in import activity, sessions
from tests.html import assert_sound
from trust.models import AuditEvent

from .builders import PASSWORD, account, administrator

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/bao-mat/"
OUT = "/tai-khoan/bao-mat/dang-xuat/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 15) Firefox/140.0"
NEW = "bay-con-ong-xanh-muot"


def browser(name="an", agent=CHROME, password=PASSWORD):
    client = Client(headers={"User-Agent": agent})
    client.cookies["ngon_ngu"] = "en"
    client.post("/tai-khoan/login/", {"login": name, "password": password})
    return client


def is_in(client):
    return client.get("/nhan-su/cua-toi/").status_code == 200


def test_every_browser_is_named_this_one_first():
    account("an")
    browser(agent=PHONE)
    here = browser()
    page = here.get(PAGE)
    assert [(place.browser, place.is_here) for place in page.context["places"]] == [
        ("Chrome, Windows", True),
        ("Firefox, Android", False),
    ]
    assert_sound(page.content)


def test_one_page_costs_the_same_with_one_browser_and_with_thirty(monkeypatch):
    monkeypatch.setattr(activity, "NOTE_EVERY", 3600)  # a busy machine is slow, not wrong
    account("an")
    here = browser()
    here.get(PAGE)
    costs = []
    for count in (0, 29):
        for _n in range(count):
            browser()
        with CaptureQueriesContext(connection) as asked:
            page = here.get(PAGE)
        costs.append(len(asked))
    assert len(page.context["places"]) == 30
    assert costs[0] == costs[1], costs


def test_signing_out_everywhere_else_leaves_this_one():
    account("an")
    binh = account("binh")
    others, here, stranger = [browser(), browser(agent=PHONE)], browser(), browser("binh")
    page = here.post(OUT, follow=True).content.decode()
    assert "2 other sign-ins are ended." in page
    assert (is_in(here), [is_in(each) for each in others], is_in(stranger)) == (True, [False, False], True)
    assert UserSession.objects.filter(user=binh).count() == 1
    assert AuditEvent.objects.get(action="session.ended").facts == {"why": "everywhere_else", "count": 2}
    assert "there was nothing to end" in here.post(OUT, follow=True).content.decode()


def test_signing_out_everywhere_here_too():
    account("an")
    other, here = browser(), browser()
    assert here.post(OUT, {"here": "1"}).url == "/tai-khoan/login/"
    assert (is_in(here), is_in(other)) == (False, False)
    assert not UserSession.objects.exists()


def test_one_place_is_ended_by_its_owner_alone():
    an = account("an")
    account("binh")
    other, here, stranger = browser(), browser(), browser("binh")
    row = UserSession.objects.get(user=an, session_key=other.session.session_key)
    stranger.post(f"{OUT}{row.pk}/")
    assert is_in(other)
    here.post(f"{OUT}{row.pk}/")
    assert (is_in(other), is_in(here)) == (False, True)
    own = UserSession.objects.get(user=an)
    here.post(f"{OUT}{own.pk}/")  # not the way to sign out here
    assert is_in(here)


def test_a_new_password_ends_the_other_sign_ins():
    an = account("an")
    other, here = browser(), browser()
    stolen = other.session.session_key
    new = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    here.post("/tai-khoan/password/change/", new)
    assert (is_in(here), is_in(other)) == (True, False)
    assert not Session.objects.filter(pk=stolen).exists()
    assert [place.is_here for place in here.get(PAGE).context["places"]] == [True]
    assert an.notifications.filter(event="people.password_changed").count() == 1


def test_the_administrators_new_password_and_a_closed_account_end_all():
    an, quantri = account("an"), administrator()
    here = browser()
    accounts.renew_password(quantri, an)
    assert not is_in(here)
    assert not UserSession.objects.filter(user=an).exists()
    here = browser(password=PASSWORD)
    an.set_password(PASSWORD)
    an.must_change_password = False
    an.save()
    here = browser()
    assert is_in(here)
    accounts.set_active(quantri, an, False)
    assert not is_in(here)
    assert not UserSession.objects.filter(user=an).exists()


def ended_by_command(*names):
    out = io.StringIO()
    call_command("end_sign_ins", *names, stdout=out)
    return out.getvalue().strip()


def test_a_command_ends_the_sign_ins_of_some_or_of_all():
    account("an"), account("binh"), account("chi")
    an, again, binh, chi = browser(), browser(), browser("binh"), browser("chi")
    assert ended_by_command("AN", "chi") == "Đã đăng xuất ở 3 nơi."
    assert [is_in(each) for each in (an, again, binh, chi)] == [False, False, True, False]
    chi = browser("chi")
    assert ended_by_command("--everybody") == "Đã đăng xuất ở 2 nơi."
    assert [is_in(each) for each in (binh, chi)] == [False, False]
    told = AuditEvent.objects.filter(action="session.ended").order_by("pk")
    assert [event.facts for event in told] == [{"why": "command", "count": count} for count in (2, 1, 1, 1)]


def test_a_name_nobody_has_is_said_and_nothing_ends():
    account("an")
    here = browser()
    with pytest.raises(CommandError, match="Không có tài khoản nào tên ai"):
        ended_by_command("an", "ai")
    assert is_in(here)
    with pytest.raises(CommandError):
        ended_by_command()
    assert is_in(here)


def test_signing_out_takes_the_row_along():
    account("an")
    here = browser()
    here.post("/tai-khoan/logout/")
    assert not UserSession.objects.exists()
    assert AuditEvent.objects.get(action="session.ended").facts == {"why": "signed_out", "count": 1}


def test_rows_of_sessions_that_ended_by_themselves_are_dropped_and_recorded():
    account("an")
    account("binh")
    browser(), browser("binh")
    Session.objects.filter(pk=UserSession.objects.get(user__username="an").session_key).update(
        expire_date=timezone.now()
    )
    sessions.drop_dead(timezone.now())
    assert [row.user.username for row in UserSession.objects.all()] == ["binh"]
    assert AuditEvent.objects.get(action="session.ended").facts == {"why": "idle", "count": 1}


def test_the_page_says_what_protects_the_account():
    account("an")
    page = browser().get(PAGE).content.decode()
    for words in ("After 15 minutes without doing anything", "Switched off.", "Set up the second step"):
        assert words in page
    assert Client().get(PAGE).url == f"/tai-khoan/login/?next={PAGE}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["everywhere else", "new password", "closed"])
def test_the_socket_of_an_ended_sign_in_is_closed_at_once(how):
    an, quantri = account("an"), administrator()
    other, here = browser(), browser()
    cookie = f"sessionid={other.session.session_key}".encode()

    def end():
        if how == "everywhere else":
            here.post(OUT)
        elif how == "new password":
            here.post(
                "/tai-khoan/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
            )
        else:
            accounts.set_active(quantri, an, False)

    async def scenario():
        headers = [(b"cookie", cookie), (b"origin", b"http://localhost"), (b"host", b"localhost")]
        socket = WebsocketCommunicator(application, "/ws/notifications/", headers=headers)
        connected, _subprotocol = await socket.connect(timeout=10)
        assert connected
        await socket.send_json_to({"last": 0})
        await socket.receive_json_from(timeout=10)
        await database_sync_to_async(end)()
        while True:
            said = await socket.receive_output(timeout=10)
            if said["type"] == "websocket.close":
                return said["code"]

    assert async_to_sync(scenario)() == SIGN_IN_ENDED
