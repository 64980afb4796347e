"""Consents, handing in to the second, once however often one clicks, the receipt, withdrawing."""

import json

import pytest

from competitions import workflow
from competitions.consenting import subject_of
from competitions.models import Entry, EntryHistory, EntryVersion
from competitions.moves import Actor
from notifications.models import Notification, OutboxMail
from people.roles import Role
from tests.html import assert_sound
from tests.ideas.builders import make_user
from trust.consents import standing
from trust.models import Consent

from . import builders
from .entrants import ALL_CONSENTS, MINE, SECOND, at, browser, fresh, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def competition():
    return builders.competition()


@pytest.fixture
def person():
    return builders.participant("hoa@thu.example", full_name="Nguyễn Thị Hoa")


@pytest.fixture
def entry(competition, person):
    return builders.entry(competition, person, title="Bài của Hoa", text="Chữ của Hoa.")


@pytest.fixture
def client(person):
    return browser(person)


def hand_in(client, entry, seen=0):
    return client.post(url(entry, "nop/"), {"seen": str(seen)})


def says(answer):
    return answer.content.decode()


def agreed(entry, person):
    return set(standing(subject_of(person, entry.competition)))


# ---- consents


def test_consents_are_asked_each_for_itself_and_none_is_ticked(client, competition, person):
    entry = builders.entry(competition, person, consents=False)
    page = client.get(url(entry, "dong-y/"))
    assert_sound(page.content)
    assert says(page).count('type="checkbox"') == 3
    assert "checked" not in says(page)
    assert says(page).count("Needed.") == 1
    answer = client.post(url(entry, "dong-y/"), {"consents": ["competition-entry", "competition-name"]})
    assert (answer.status_code, answer.url) == (302, url(entry, "nop/"))
    kept = Consent.objects.filter(withdrawn_at=None).order_by("purpose")
    assert [row.purpose for row in kept] == ["competition-entry", "competition-name"]
    assert "Publish my name if I win" in kept[1].wording
    assert says(client.get(url(entry, "dong-y/"))).count("checked") == 2


def test_without_the_needed_one_the_page_says_so_and_keeps_the_rest(client, competition, person):
    entry = builders.entry(competition, person, consents=False)
    answer = client.post(url(entry, "dong-y/"), {"consents": ["competition-name"]})
    assert answer.status_code == 422
    assert_sound(answer.content)
    assert "Without this consent" in says(answer)
    assert agreed(entry, person) == {"competition-name"}
    blocked = client.get(url(entry, "nop/"))
    assert_sound(blocked.content)
    assert "The consent to handle the entry is missing: Nguyễn Thị Hoa" in says(blocked)
    hand_in(client, entry)
    assert fresh(entry).state == "draft"


def test_consents_nobody_asked_for_are_refused(client, entry, person):
    assert client.post(url(entry, "dong-y/"), {"consents": ["other"]}).status_code == 422
    assert agreed(entry, person) == {"competition-entry"}


def test_a_consent_is_taken_back_as_easily_as_given(client, entry, person):
    client.post(url(entry, "dong-y/"), {"consents": ALL_CONSENTS})
    hand_in(client, entry)
    answer = client.post(url(entry, "dong-y/"), {"consents": ["competition-entry"]})
    assert (answer.status_code, answer.url) == (302, url(entry))
    assert agreed(entry, person) == {"competition-entry"}
    assert Consent.objects.filter(withdrawn_at__isnull=False).count() == 2
    assert "Change or take back" in says(client.get(url(entry)))


def test_the_needed_consent_of_an_entry_handed_in_ends_with_the_entry(client, entry, person):
    hand_in(client, entry)
    answer = client.post(url(entry, "dong-y/"), {"consents": []})
    assert answer.status_code == 422
    assert_sound(answer.content)
    assert "withdraw the entry" in says(answer) and url(entry, "rut/") in says(answer)
    assert agreed(entry, person) == {"competition-entry"}
    client.post(url(entry, "rut/"))
    assert agreed(entry, person) == set()


# ---- handing in


def test_everything_is_looked_at_and_handed_in_with_a_receipt(client, entry, person):
    page = client.get(url(entry, "nop/"))
    assert_sound(page.content)
    assert "Chữ của Hoa." in says(page) and "Can be handed in until" in says(page)
    answer = hand_in(client, entry)
    assert (answer.status_code, answer.url) == (302, url(entry, "bien-nhan/"))
    entry = fresh(entry)
    assert (entry.state, entry.code) == ("submitted", f"{entry.competition.code}-001")
    receipt = client.get(url(entry, "bien-nhan/"))
    assert_sound(receipt.content)
    version = entry.versions.get()
    assert entry.code in says(receipt) and version.sha256 in says(receipt)
    assert f"{version.submitted_at.astimezone():%M:%S}" in says(receipt)
    letter = OutboxMail.objects.get(to=person.email)
    assert entry.code in letter.subject and url(entry) in letter.body
    assert "Bài của Hoa" not in letter.body


def test_an_account_gets_a_notice_and_its_history_line(competition):
    user = make_user("canbo", "Lý Văn Thường")
    client = browser()
    client.force_login(user)
    client.post(f"/cuoc-thi/{competition.slug}/du-thi/", {"full_name": "Lý Văn Thường"})
    entry = Entry.objects.get()
    client.post(url(entry, "noi-dung/"), {"title": "Bài", "text": "Chữ"})
    client.post(url(entry, "dong-y/"), {"consents": ["competition-entry"]})
    assert hand_in(client, entry).status_code == 302
    line = EntryHistory.objects.get()
    assert (line.user, line.actor_name, line.actor_code) == (user, "Lý Văn Thường", "HD-canbo")
    assert Notification.objects.filter(recipient=user, event="competitions.submitted").count() == 1
    assert "Handed in" in says(client.get(url(entry)))


def test_a_second_click_hands_in_nothing_more(client, entry):
    first, second = hand_in(client, entry), hand_in(client, entry)
    assert (first.url, second.url) == (url(entry, "bien-nhan/"), url(entry))
    assert EntryVersion.objects.count() == EntryHistory.objects.count() == OutboxMail.objects.count() == 1
    assert "Nothing was sent twice" in says(client.get(url(entry)))


def test_what_is_missing_stands_there_with_the_way_to_it(client, competition, person):
    competition.files_least = 2
    competition.save()
    entry = builders.entry(competition, person, title="", text="từ " * 1001, consents=False)
    page = client.get(url(entry, "nop/"))
    assert_sound(page.content)
    told = says(page)
    assert "Write the title." in told and "The text has 1,001 words, at most 1,000" in told
    assert "Attach at least 2 files; there are 0." in told
    assert 'aria-disabled="true"' in told and "Who can: the leader of the entry." in told
    answer = hand_in(client, entry)
    assert answer.status_code == 422 and "Not handed in:" in says(answer)


@pytest.mark.parametrize(("offset", "state"), [(-1, "submitted"), (0, "draft"), (1, "draft")])
def test_the_close_decides_to_the_second_through_the_pages(
    client, entry, competition, monkeypatch, offset, state
):
    closes = competition.window("entry").closes_at
    at(monkeypatch, closes - 60 * SECOND)
    assert client.get(url(entry, "nop/")).status_code == 200
    at(monkeypatch, closes + offset * SECOND)
    assert hand_in(client, entry).status_code == 302
    assert fresh(entry).state == state
    assert EntryVersion.objects.count() == (state == "submitted")
    page = says(client.get(url(entry)))
    assert ("by the clock of the portal" in page) == (state == "draft")


@pytest.mark.parametrize(("offset", "versions"), [(-1, 2), (0, 1), (1, 1)])
def test_a_new_version_too(client, entry, competition, monkeypatch, offset, versions):
    hand_in(client, entry)
    client.post(url(entry, "noi-dung/"), {"title": "Bài của Hoa", "text": "Bản sửa."})
    at(monkeypatch, competition.window("entry").closes_at + offset * SECOND)
    hand_in(client, entry, 1)
    assert fresh(entry).versions.count() == versions


def test_changes_do_not_count_until_handed_in_again(client, entry):
    hand_in(client, entry)
    assert says(client.get(url(entry, "nop/"))).count("Nothing was changed since the last version") == 1
    client.post(url(entry, "noi-dung/"), {"title": "Bài của Hoa", "text": "Bản sửa."})
    page = says(client.get(url(entry)))
    assert "Version 1, handed in at" in page and "does not count until it is handed in" in page
    assert "Chữ của Hoa." in page and "Bản sửa." not in page  # what counts is shown
    assert hand_in(client, entry, 1).url == url(entry, "bien-nhan/")
    page = client.get(url(entry))
    assert_sound(page.content)
    assert "Bản sửa." in says(page) and "does not count" not in says(page)
    old = client.get(url(entry, "ban/1/"))
    assert_sound(old.content)
    assert "Chữ của Hoa." in says(old) and "A later version counts instead." in says(old)
    assert client.get(url(entry, "ban/3/")).status_code == 404
    assert json.loads(fresh(entry).versions.last().payload)["text"] == "Bản sửa."


def test_an_organiser_appointed_meanwhile_is_stopped_at_the_door(competition):
    user = make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)
    client = browser()
    client.force_login(user)
    entry = builders.entry(competition, builders.participant(user=user, full_name="Trần Tổ Chức"))
    builders.may_organise(user, competition)
    page = says(client.get(url(entry, "nop/")))
    assert "Trần Tổ Chức: Whoever organises or judges" in page
    assert hand_in(client, entry).status_code == 422
    assert fresh(entry).state == "draft"


# ---- afterwards


def test_withdrawing_asks_first_and_keeps_the_receipt(client, entry, person):
    hand_in(client, entry)
    assert_sound(client.get(url(entry, "rut/")).content)
    assert fresh(entry).state == "submitted"
    answer = client.post(url(entry, "rut/"))
    assert (answer.status_code, answer.url) == (302, url(entry))
    assert fresh(entry).state == "withdrawn"
    page = client.get(url(entry))
    assert_sound(page.content)
    assert "Withdrawn; it no longer takes part." in says(page)
    assert client.get(url(entry, "bien-nhan/")).status_code == 200
    for part in ("noi-dung/", "tep/", "dong-y/", "nop/", "ban-than/", "rut/"):
        assert client.get(url(entry, part)).url == url(entry)
        assert client.post(url(entry, part), {"consents": ALL_CONSENTS}).url == url(entry)
    assert agreed(entry, person) == set()


def test_whoever_withdrew_enters_anew(client, entry, competition):
    hand_in(client, entry)
    client.post(url(entry, "rut/"))
    way = f"/cuoc-thi/{competition.slug}/du-thi/"
    assert client.get(way).status_code == 200
    assert client.post(way, {"full_name": "Nguyễn Thị Hoa"}).status_code == 302
    assert Entry.objects.count() == 2


def test_a_refused_entry_says_why_and_opens_nothing(client, entry, competition):
    hand_in(client, entry)
    organiser = make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)
    builders.may_organise(organiser, competition)
    workflow.move(fresh(entry), "refuse", Actor.of(user=organiser), reason="Bài đã đạt giải nơi khác.")
    page = client.get(url(entry))
    assert_sound(page.content)
    assert "Not admitted by the organisers: Bài đã đạt giải nơi khác." in says(page)
    assert "Trần Tổ Chức" not in says(page)
    assert client.get(url(entry, "noi-dung/")).url == url(entry)
    assert client.get(f"/cuoc-thi/{competition.slug}/du-thi/").url == url(entry)


def test_a_draft_has_no_receipt(client, entry):
    assert client.get(url(entry, "bien-nhan/")).status_code == 404


def test_strangers_find_none_of_it(entry):
    stranger = browser(builders.participant("la@thu.example"))
    for part in ("", "nop/", "rut/", "dong-y/", "bien-nhan/", "ban/1/", "ban-than/", "doi/roi/"):
        assert stranger.get(url(entry, part)).status_code == 404
        answer = browser().get(url(entry, part))
        assert answer.status_code == 302 and answer.url.startswith("/cuoc-thi/ma/")
    assert stranger.get(MINE).status_code == 200
    assert "Bài của Hoa" not in says(stranger.get(MINE))
