"""Proving a mailbox: the same answer for every address; codes that are wrong, old, used, guessed at."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from competitions import codes, visitors
from competitions.models import EmailCode, Participant
from notifications.models import OutboxMail
from tests.html import assert_sound
from tests.ideas.builders import make_user

from . import builders
from .entrants import MINE, browser, last_code

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASK, TYPE, FORGET = "/cuoc-thi/ma/", "/cuoc-thi/ma/nhap/", "/cuoc-thi/ma/quen/"
ADDRESS = "hoa@thu.example"
QUERY = f"?viec=enter&next={MINE}"


@pytest.fixture
def client():
    return browser()


def ask(client, address=ADDRESS, query=QUERY):
    return client.post(ASK + query, {"email": address})


def type_in(client, code, query=QUERY):
    return client.post(TYPE + query, {"code": code})


def who(client):
    kept = client.session.get(visitors.SESSION_ENTRY)
    return Participant.objects.get(pk=kept["pk"]).email if kept else None


def test_a_code_by_mail_leads_back_to_where_one_came_from(client):
    page = client.get(ASK + QUERY)
    assert_sound(page.content)
    assert 'inputmode="email"' in page.content.decode()
    answer = ask(client)
    assert answer.status_code == 302 and urlsplit(answer.url).path == TYPE
    page = client.get(answer.url)
    assert_sound(page.content)
    assert 'inputmode="numeric"' in page.content.decode()
    assert 'autocomplete="one-time-code"' in page.content.decode()
    key = client.session.session_key
    answer = type_in(client, last_code(ADDRESS))
    assert (answer.status_code, answer.url) == (302, MINE)
    assert who(client) == ADDRESS
    assert client.session.session_key != key


def test_a_code_is_read_however_it_is_spaced(client):
    ask(client)
    code = last_code(ADDRESS)
    assert type_in(client, f" {code[:3]} {code[3:]} ").status_code == 302


def test_every_address_gets_the_same_answer(client):
    known = builders.participant("da.co@thu.example")
    answers = {}
    for address in (known.email, "chua.co@thu.example"):
        answer = ask(client, address)
        answers[address] = (answer.status_code, answer.url, dict(answer.headers).get("Vary"))
    assert len(set(answers.values())) == 1
    for _again in range(codes.MOST_AN_HOUR + 1):  # beyond what one mailbox is sent, too
        answer = ask(client, known.email)
        assert (answer.status_code, answer.url) == answers[known.email][:2]
    assert OutboxMail.objects.filter(to=known.email).count() == codes.MOST_AN_HOUR


def test_an_address_that_is_none_is_said_and_nothing_is_sent(client):
    for wrong in ("", "hoa", "hoa@", "a@b@c", "hoa@thu .example"):
        answer = ask(client, wrong)
        assert answer.status_code == 422
        assert_sound(answer.content)
    assert not OutboxMail.objects.exists()


def refused(answer):
    return answer.status_code == 422 and "wrong or no longer good" in answer.content.decode()


def test_a_wrong_code_is_refused_and_five_of_them_kill_the_right_one(client):
    ask(client)
    code = last_code(ADDRESS)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _try in range(codes.MOST_TRIES):
        assert refused(type_in(client, wrong))
    assert refused(type_in(client, code))
    assert who(client) is None
    assert EmailCode.objects.get().used_at is None


def test_a_used_code_is_refused_from_another_browser(client):
    ask(client)
    code = last_code(ADDRESS)
    other = browser()
    session = other.session
    session["competitions_code"] = dict(client.session["competitions_code"])
    session.save()
    assert type_in(client, code).status_code == 302
    assert refused(type_in(other, code))
    assert who(other) is None


@pytest.mark.parametrize(("seconds", "status"), [(-1, 302), (0, 422), (1, 422)])
def test_a_code_is_good_for_ten_minutes_to_the_second(client, monkeypatch, seconds, status):
    ask(client)
    row = EmailCode.objects.get()
    monkeypatch.setattr(timezone, "now", lambda: row.expires_at + timedelta(seconds=seconds))
    assert type_in(client, last_code(ADDRESS)).status_code == status


def test_a_newer_code_kills_the_older_one(client):
    ask(client)
    old = last_code(ADDRESS)
    ask(client)
    new = last_code(ADDRESS)
    if old != new:
        assert refused(type_in(client, old))
    assert type_in(client, new).status_code == 302


def test_a_code_for_voting_does_not_enter(client):
    ask(client, query="?viec=vote")
    code = last_code(ADDRESS)
    answer = type_in(client, code)  # asked under the purpose "enter"
    assert answer.status_code == 302 and urlsplit(answer.url).path == ASK
    assert who(client) is None
    assert not codes.use_code(ADDRESS, "enter", code)


def test_a_code_of_another_mailbox_is_refused(client):
    ask(browser(), "khac@thu.example")
    ask(client)
    foreign, own = last_code("khac@thu.example"), last_code(ADDRESS)
    if foreign != own:
        assert refused(type_in(client, foreign))


def test_typed_figures_must_be_six(client):
    ask(client)
    answer = type_in(client, "40")
    assert answer.status_code == 422
    assert "6 figures; 2 were typed" in answer.content.decode()
    assert EmailCode.objects.get().tries == 0


def test_without_having_asked_one_is_led_to_the_address(client):
    answer = client.get(TYPE + QUERY)
    assert answer.status_code == 302 and urlsplit(answer.url).path == ASK


@pytest.mark.parametrize(
    "target",
    [
        "https://ngoai.example/",
        "//ngoai.example/",
        "/\\ngoai.example",
        "javascript:alert(1)",
        "http:ngoai",
        "x",
    ],
)
def test_only_addresses_of_the_portal_are_gone_back_to(client, target):
    query = "?viec=enter&next=" + target
    ask(client, query=query)
    answer = type_in(client, last_code(ADDRESS), query=query)
    assert (answer.status_code, answer.url) == (302, MINE)


def test_a_network_asks_so_often_and_no_more(client):
    statuses = [ask(client, f"nguoi{number}@thu.example").status_code for number in range(22)]
    assert statuses == [302] * 20 + [429] * 2
    assert OutboxMail.objects.count() == 20


def test_a_network_guesses_so_often_and_no_more(client):
    statuses = []
    for number in range(7):
        address = f"nguoi{number}@thu.example"
        ask(client, address)
        wrong = f"{(int(last_code(address)) + 1) % 10**6:06d}"
        statuses += [type_in(client, wrong).status_code for _try in range(5)]
    assert statuses == [422] * 30 + [429] * 5


def test_spellings_of_one_mailbox_are_one_person(client):
    ask(client, "Hoa+thi@Thu.example")
    type_in(client, last_code("Hoa+thi@Thu.example"))
    first = client.session[visitors.SESSION_ENTRY]["pk"]
    other = browser()
    ask(other, "HOA@THU.EXAMPLE")
    type_in(other, last_code("HOA@THU.EXAMPLE"))
    assert other.session[visitors.SESSION_ENTRY]["pk"] == first
    assert Participant.objects.count() == 1


def test_staff_are_told_to_sign_in_and_need_no_code(client):
    page = client.get(ASK + QUERY).content.decode()
    assert "/tai-khoan/login/?next=%2Fcuoc-thi%2Fbai-cua-toi%2F" in page
    client.force_login(make_user("canbo", "Lý Văn Thường"))
    answer = client.get(ASK + QUERY)
    assert (answer.status_code, answer.url) == (302, MINE)


def test_one_sees_who_one_is_and_may_leave(client):
    ask(client)
    type_in(client, last_code(ADDRESS))
    page = client.get(MINE).content.decode()
    assert ADDRESS in page and FORGET in page
    assert client.get(FORGET).status_code == 405
    assert client.post(FORGET).status_code == 302
    assert who(client) is None
    answer = client.get(MINE)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.url).query) == {"viec": ["mine"], "next": [MINE]}


def test_a_device_forgets_after_two_hours(client, monkeypatch):
    ask(client)
    type_in(client, last_code(ADDRESS))
    kept = client.session[visitors.SESSION_ENTRY]["at"]
    monkeypatch.setattr(visitors.time, "time", lambda: kept + visitors.REMEMBERED - 1)
    assert client.get(MINE).status_code == 200
    monkeypatch.setattr(visitors.time, "time", lambda: kept + visitors.REMEMBERED)
    assert client.get(MINE).status_code == 302
