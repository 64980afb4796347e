"""What an editor pastes may hold anything: nothing of it leaves its place in page, feed or calendar."""

import html
import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from portal import ics
from portal.happenings import Happening
from tests.html import assert_sound
from tests.portal.builders import article, news_index, site
from tests.portal.test_editing import add_address, form, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASTED = "Trò\x0b chơi\x00\x1b \ufffe</script><img src=x>\"' onload=x {{ 7 }} ]]>&amp; %s \u2028\x85cuối"
READ = "Trò  chơi </script><img src=x>\"' onload=x {{ 7 }} ]]>&amp; %s \u2028 cuối"


def test_an_article_keeps_its_text_in_its_place(client):
    article(PASTED, "tin", news_index(), lead=PASTED, author_line=PASTED, source=PASTED)
    page = client.get("/tin-tuc/tin/").content.decode()
    assert_sound(page)
    assert "<img src=x>" not in page
    (raw,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert (json.loads(raw)["headline"], json.loads(raw)["author"]["name"]) == (READ, READ)
    (shared,) = re.findall(r'<meta property="og:title" content="([^"]*)">', page)
    assert html.unescape(shared) == READ
    for address in ("/", "/tin-tuc/", "/tim-kiem/?q=tro+choi"):
        assert "<img src=x>" not in client.get(address).content.decode()


def test_one_odd_title_does_not_stop_the_feeds(client):
    article(PASTED, "tin", news_index(), lead=PASTED, author_line=PASTED)
    rss = ElementTree.fromstring(client.get("/tin-tuc/rss.xml").content)
    assert [item.findtext("title") for item in rss.iter("item")] == [READ]
    atom = ElementTree.fromstring(client.get("/tin-tuc/atom.xml").content)
    assert [each.text for each in atom.iter("{http://www.w3.org/2005/Atom}name")] == [READ]
    assert client.get("/sitemap.xml").status_code == 200


def written(text, url="https://haiphong.gov.vn"):
    """What the editor's text field sends for a paragraph that is one link."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}
    block = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "text": text}
    reaches = [{"offset": 0, "length": len(text), "key": 0}]
    return json.dumps({"blocks": [block | {"entityRanges": reaches}], "entityMap": {"0": link}})


def published(client, value):
    """The body of a page a publisher wrote with `value` as its text."""
    part = {"deleted": "", "order": "0", "type": "text", "id": "", "value": value}
    sent = {f"body-0-{name}": each for name, each in part.items()} | {"body-count": "1"}
    site()
    client.force_login(member_of("publisher"))
    assert client.post(add_address(), form(**sent, **{"action-publish": "x"})).status_code == 302
    client.logout()
    answer = client.get("/noi-quy/")
    assert answer.status_code == 200
    return re.search(r'<p data-block-key="a">(.*?)</p>', answer.content.decode())[1]


def test_half_a_character_in_a_text_breaks_no_page(client):
    assert ">nửa  chữ \u2028<" in published(client, written("nửa \ud83d chữ\x0b\u2028"))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "vbscript:x", '//x" onclick="a'],
)
def test_a_link_runs_nothing(client, url):
    link = published(client, written("<script>Bấm</script>", url))
    assert link.endswith(">&lt;script&gt;Bấm&lt;/script&gt;</a>")
    assert link.startswith(("<a>", '<a href="//x&quot; onclick=&quot;a">'))


def test_a_new_line_in_a_name_begins_no_line_of_a_calendar():
    named = "Lớp\r\nATTENDEE:mailto:x@y\rBEGIN:VEVENT\nSUMMARY:Khác; \\n, x"
    now = timezone.now()
    happening = Happening("a", named, "/a/", now, now + timedelta(hours=1), place=named)
    calendar = Calendar.from_ical(ics.feed("Lịch", [happening], "thu"))
    (event,) = calendar.walk("VEVENT")
    assert sorted(event) == sorted(
        ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "URL", "LOCATION"]
    )
    assert "ATTENDEE:mailto:x@y" in event["SUMMARY"] and event["SUMMARY"] == event["LOCATION"]
