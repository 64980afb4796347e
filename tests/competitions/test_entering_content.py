"""Title and text: counted, saved while typing, two tabs, a session that ended in between."""

import json

import pytest

from competitions import visitors
from competitions.entering.writing import base_of
from competitions.models import Entry
from tests.html import assert_sound
from tests.ideas.builders import make_user

from . import builders
from .entrants import SECOND, at, browser, fresh, knows, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def competition():
    return builders.competition(words_most=10)


@pytest.fixture
def person():
    return builders.participant("hoa@thu.example")


@pytest.fixture
def entry(competition, person):
    return builders.entry(competition, person, title="Tên cũ", text="Chữ cũ.")


@pytest.fixture
def client(person):
    return browser(person)


def base(entry):
    return json.dumps(base_of(fresh(entry)))


def save(client, entry, drawn=None, **typed):
    return client.post(url(entry, "noi-dung/"), {"base": drawn or base(entry)} | typed)


def autosave(client, entry, drawn=None, **typed):
    return client.post(url(entry, "noi-dung/luu/"), {"base": drawn or base(entry)} | typed)


def content(entry):
    entry = fresh(entry)
    return entry.title, entry.text


def test_the_page_counts_words_and_is_sound(client, entry):
    page = client.get(url(entry, "noi-dung/"))
    assert_sound(page.content)
    assert "2 of 10 words" in page.content.decode()
    assert 'data-words-most="10"' in page.content.decode()


def test_saving_leads_on(client, entry):
    answer = save(client, entry, title="Tên mới", text="Chữ mới.")
    assert (answer.status_code, answer.url) == (302, url(entry, "tep/?da-luu=2"))
    assert content(entry) == ("Tên mới", "Chữ mới.")
    assert fresh(entry).edit_version == 1
    later = save(client, entry, title="Tên khác", then="later")
    assert later.url == url(entry, "?da-luu=2")
    assert content(entry) == ("Tên khác", "Chữ mới.")


def test_text_is_stored_composed_with_one_kind_of_line_end(client, entry):
    save(client, entry, title="To\u0302i", text="Do\u0300ng mo\u0323\u0302t\r\nhai\u200b")
    assert content(entry) == ("Tôi", "Dòng một\nhai")


def test_too_many_words_may_be_written_but_not_handed_in(client, entry):
    assert save(client, entry, title="Tên", text="từ " * 11).status_code == 302
    page = client.get(url(entry, "nop/")).content.decode()
    assert "The text has 11 words, at most 10" in page


def test_a_title_too_long_is_refused_and_what_was_typed_stays(client, entry):
    answer = save(client, entry, title="x" * 201, text="Chữ mới.")
    assert answer.status_code == 422
    assert_sound(answer.content)
    assert "201 characters, at most 200" in answer.content.decode()
    assert "Chữ mới." in answer.content.decode()
    assert content(entry) == ("Tên cũ", "Chữ cũ.")


def test_autosave_says_what_it_saved_and_the_servers_count(client, entry):
    said = autosave(client, entry, title="Tên cũ", text="Ba từ mới").json()
    assert (said["changed"], said["words"], said["text"]) == (["text"], 3, "Ba từ mới")
    assert said["edit_version"] == 1
    assert said["base"] == json.loads(base(entry))


def test_autosave_saves_what_is_right_and_names_what_is_wrong(client, entry):
    said = autosave(client, entry, title="x" * 201, text="Mới").json()
    assert list(said["errors"]) == ["id_title"]
    assert content(entry) == ("Tên cũ", "Mới")


def test_two_tabs_see_both_versions_and_choose(client, entry):
    drawn = base(entry)
    assert save(client, entry, drawn, title="Tên cũ", text="Bản tab một.").status_code == 302
    typed = {"title": "Tên tab hai", "text": "Bản tab hai."}
    assert autosave(client, entry, drawn, **typed).status_code == 409
    assert content(entry) == ("Tên cũ", "Bản tab một.")
    page = save(client, entry, drawn, **typed)
    assert page.status_code == 409
    assert_sound(page.content)
    told = page.content.decode()
    assert "<ins>một.</ins>" in told and "<ins>hai.</ins>" in told
    assert "checked" not in told
    seen = page.context["rows"][0]["seen"]
    unanswered = save(client, entry, drawn, **typed, **{"seen-text": seen})
    assert unanswered.status_code == 409
    assert "No version chosen yet for: Text" in unanswered.content.decode()
    answer = save(client, entry, drawn, **typed, **{"seen-text": seen, "choice-text": "mine"})
    assert answer.status_code == 302
    assert content(entry) == ("Tên tab hai", "Bản tab hai.")


def test_the_saved_version_can_be_taken_instead(client, entry):
    drawn = base(entry)
    save(client, entry, drawn, title="Tên cũ", text="Bản tab một.")
    seen = json.loads(base(entry))["text"]
    typed = {"title": "Tên cũ", "text": "Bản tab hai.", "seen-text": seen, "all": "theirs"}
    assert save(client, entry, drawn, **typed).status_code == 302
    assert content(entry) == ("Tên cũ", "Bản tab một.")


def test_two_tabs_in_different_fields_merge(client, entry):
    drawn = base(entry)
    save(client, entry, drawn, title="Tên mới", text="Chữ cũ.")
    save(client, entry, drawn, title="Tên cũ", text="Chữ mới.")
    assert content(entry) == ("Tên mới", "Chữ mới.")


def test_a_session_that_ended_keeps_what_was_typed(client, entry, person, monkeypatch):
    client.get(url(entry, "noi-dung/"))
    later = client.session[visitors.SESSION_ENTRY]["at"] + visitors.REMEMBERED
    monkeypatch.setattr(visitors.time, "time", lambda: later)
    assert autosave(client, entry, text="Gõ dở.").status_code == 401
    answer = save(client, entry, title="Tên cũ", text="Gõ dở dang.")
    assert answer.status_code == 302 and answer.url.startswith("/cuoc-thi/ma/?viec=enter")
    assert content(entry) == ("Tên cũ", "Chữ cũ.")
    knows(client, person)
    page = client.get(url(entry, "noi-dung/"))
    assert_sound(page.content)
    assert "Gõ dở dang." in page.content.decode()
    assert content(entry) == ("Tên cũ", "Chữ cũ.")  # nothing is sent by itself


def test_nobody_else_is_given_what_was_typed(client, entry, competition, monkeypatch):
    client.get(url(entry, "noi-dung/"))
    later = client.session[visitors.SESSION_ENTRY]["at"] + visitors.REMEMBERED
    monkeypatch.setattr(visitors.time, "time", lambda: later)
    save(client, entry, title="Tên", text="Riêng của Hoa.")
    other = builders.participant("khac@thu.example")
    knows(client, other)
    assert client.get(url(entry, "noi-dung/")).status_code == 404
    assert "Riêng của Hoa." not in client.get("/cuoc-thi/bai-cua-toi/").content.decode()


def test_it_is_the_leaders_alone(entry, competition, client):
    competition.team_most = 3
    competition.save()
    member = builders.participant("thanh.vien@thu.example")
    entry.participations.create(
        competition=competition, participant=member, role="member", joined_at=entry.created_at
    )
    assert autosave(browser(member), entry, text="Của thành viên").status_code == 404
    turned = save(browser(member), entry, title="Khác", text="Khác")
    assert (turned.status_code, turned.url) == (302, url(entry))
    stranger = browser(builders.participant("la@thu.example"))
    assert save(stranger, entry, title="Khác").status_code == 404
    assert autosave(stranger, entry, title="Khác").status_code == 404
    organiser = browser()
    organiser.force_login(make_user("tochuc"))
    assert save(organiser, entry, title="Khác").status_code == 404
    assert content(entry) == ("Tên cũ", "Chữ cũ.")


@pytest.mark.parametrize(("offset", "saves"), [(-1, True), (0, False), (1, False)])
def test_nothing_is_written_from_the_close_on(client, entry, competition, monkeypatch, offset, saves):
    drawn = base(entry)
    at(monkeypatch, competition.window("entry").closes_at + offset * SECOND)
    assert autosave(client, entry, drawn, text="Phút chót").status_code == (200 if saves else 410)
    answer = save(client, entry, drawn, title="Giây chót", text="Phút chót")
    assert answer.status_code == 302
    assert content(entry) == (("Giây chót", "Phút chót") if saves else ("Tên cũ", "Chữ cũ."))
    if not saves:
        assert "Entries closed at" in client.get(url(entry)).content.decode()


def test_without_words_asked_for_there_is_only_a_title(client, person):
    photos = builders.competition(blueprint="photos", words_most=0)
    entry = builders.entry(photos, person, title="", text="")
    page = client.get(url(entry, "noi-dung/"))
    assert list(page.context["form"].fields) == ["title"]
    save(client, entry, title="Ảnh", text="Lẻn vào")
    assert content(entry) == ("Ảnh", "")
    assert Entry.objects.count() == 1
