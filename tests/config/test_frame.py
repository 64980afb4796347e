"""What stands around every page."""

import re
from itertools import groupby
from operator import itemgetter

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from config import navigation
from config.navigation import NavItem
from people.models import User
from tests.html import assert_sound, read
from tests.portal.builders import site

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client):
    site()
    user = User.objects.create_user("ngoc", password="mật khẩu dài đủ", first_name="Ngọc")
    client.force_login(user)
    return user


def test_the_anonymous_home_sets_no_cookie_and_needs_no_script(client):
    site()
    answer = client.get("/")
    assert answer.status_code == 200
    assert not answer.cookies
    html = answer.content.decode()
    assert "csrf" not in html and "data-socket" not in html and "htmx" not in html
    assert_sound(html)


def test_the_strict_policy_allows_nothing_inline(client):
    site()
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "style-src 'self'" in policy
    assert "unsafe" not in policy and "nonce" not in policy


def test_the_editor_has_a_policy_of_its_own(client):
    assert "'unsafe-inline'" in client.get("/quan-tri/").headers["Content-Security-Policy"]


def test_a_signed_in_page_can_hear_of_news_and_send_its_token(client, official):
    html = client.get("/").content.decode()
    assert_sound(html)
    body = next(attrs for tag, attrs in read(html).tags if tag == "body")
    assert body["data-socket"] == "/ws/notifications/"
    assert body["data-last-notification"].isdecimal()
    assert len(body["data-csrf"]) == 64
    assert '<a data-bell class="iconbtn" href="/thong-bao/">' in html
    assert 'data-toasts role="status" aria-live="polite"' in html
    assert '"allowEval":false' in html and '"includeIndicatorStyles":false' in html
    assert html.count("js/live.js") == 1


def test_the_reader_sees_where_they_are(client):
    site()
    current = [a for tag, a in read(client.get("/").content).tags if tag == "a" and "aria-current" in a]
    assert {a["href"] for a in current} == {"/"}


def test_there_is_one_main_part_and_the_skip_link_leads_to_it(client):
    site()
    tags = read(client.get("/").content).tags
    assert [a["id"] for tag, a in tags if tag == "main"] == ["noi-dung"]
    assert sum(tag == "h1" for tag, _ in tags) == 1
    assert next(a for tag, a in tags if tag == "a")["href"] == "#noi-dung"


def test_the_sample_banner_shows_only_while_samples_exist(client):
    site()
    assert b'class="sample"' not in client.get("/").content
    User.objects.create_user("tacgia", is_sample=True)
    assert b'class="sample"' in client.get("/").content


@pytest.mark.parametrize(
    ("level", "kind", "role"),
    [
        (constants.ERROR, "note note-bad", "alert"),
        (constants.WARNING, "note note-warn", "status"),
        (constants.SUCCESS, "note note-ok", "status"),
        (constants.INFO, "note", "status"),
    ],
)
def test_a_message_is_drawn_by_its_weight_and_escaped(level, kind, role):
    html = render_to_string("components/messages.html", {"messages": [Message(level, "<b>x</b>")]})
    assert f'<div class="{kind}" role="{role}">' in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_every_icon_a_template_names_is_in_the_sprite(settings):
    root = settings.ROOT / "templates"
    sprite = set(re.findall(r'<symbol id="i-([a-z]+)"', (root / "components/icons.html").read_text()))
    named = {
        name for path in root.rglob("*.html") for name in re.findall(r'{% icon "([a-z]+)"', path.read_text())
    }
    assert named - sprite == set()


PAGES = [("Văn bản", "/van-ban/"), ("Hỏi và đáp", "/hoi-dap/")]


@pytest.mark.parametrize(
    ("work", "more"),
    [
        (10, []),  # all on one line
        (11, ["Văn bản", "Hỏi và đáp"]),
        (12, ["Tin", "Văn bản", "Hỏi và đáp"]),
    ],
)
def test_where_the_bar_is_full_pages_give_way_and_then_what_is_only_read(monkeypatch, rf, work, more):
    items = [NavItem(0, "Trang chủ", "/"), NavItem(5, "Tin", "/tin/", for_reading=True)]
    items += [NavItem(50 + 3 * number, f"Việc {number}", f"/viec-{number}/") for number in range(work)]
    monkeypatch.setattr(navigation, "_items", items)
    entries = navigation.main_navigation(rf.get("/viec-7/x/"), PAGES)
    assert {entry["label"] for entry in entries} == {item.label for item in items} | {"Văn bản", "Hỏi và đáp"}
    assert [entry["label"] for entry in entries if entry["folded"]] == more
    runs = [folded for folded, _run in groupby(entries, key=itemgetter("folded"))]
    assert runs.count(True) == bool(more)  # one "More"
    assert [entry["label"] for entry in entries if entry["current"]] == ["Việc 7"] * (work > 7)


def test_two_entries_of_the_navigation_may_share_a_place():
    assert NavItem(10, "a", "/a/") != NavItem(10, "b", "/b/")
    assert NavItem(10, "a", "/a/") == NavItem(10, "A", "/a/")
