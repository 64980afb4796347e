"""News: the list, the article, the feeds; never a draft, a scheduled or a private one."""

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.models import Section
from tests.html import assert_sound
from tests.portal.builders import article, news_index, site
from tests.portal.test_media import picture

pytestmark = pytest.mark.django_db
FEEDS = ("/tin-tuc/rss.xml", "/tin-tuc/atom.xml")


@pytest.fixture
def index():
    return news_index()


def leaking(index):
    """One of each that nobody may meet; their titles carry the marker."""
    article("LOTIN nháp", "nhap", index, live=False)
    later = timezone.now() + timedelta(days=1)
    scheduled = article("LOTIN hẹn giờ", "hen-gio", index, live=False, go_live_at=later)
    scheduled.save_revision(approved_go_live_at=later)
    private = article("LOTIN riêng", "rieng", index)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)


def test_an_article_says_when_who_and_from_where(client, index):
    article("Phường ban hành <Kế hoạch>", "ke-hoach", index, source="Kế hoạch số 178/KH-UBND")
    html = client.get("/tin-tuc/ke-hoach/").content.decode()
    assert_sound(html)
    for words in ("Phòng Văn hóa - Xã hội", "178/KH-UBND", "12/06/2026", "&lt;Kế hoạch&gt;"):
        assert words in html
    (raw,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    said = json.loads(raw)
    assert (said["@type"], said["headline"]) == ("NewsArticle", "Phường ban hành <Kế hoạch>")
    assert "<" not in raw and f'rel="canonical" href="{said["mainEntityOfPage"]}"' in html


def test_drafts_scheduled_and_private_articles_are_nowhere(client, index):
    article("Tin mở", "tin-mo", index)
    leaking(index)
    for address in ("/", "/tin-tuc/", "/tin-tuc/tin-mo/", *FEEDS):
        text = client.get(address).content.decode()
        assert "Tin mở" in text and "LOTIN" not in text, address
    for slug in ("nhap", "hen-gio"):
        assert client.get(f"/tin-tuc/{slug}/").status_code == 404
    assert client.get("/tin-tuc/rieng/").status_code == 302


def test_feeds_parse_and_carry_the_latest_first(client, index):
    article("Cũ", "cu", index, published_on=date(2026, 1, 2))
    article("Mới & <b>", "moi", index, published_on=date(2026, 11, 2))
    rss = ElementTree.fromstring(client.get(FEEDS[0]).content)
    assert [item.findtext("title") for item in rss.iter("item")] == ["Mới & <b>", "Cũ"]
    space = "{http://www.w3.org/2005/Atom}"
    atom = ElementTree.fromstring(client.get(FEEDS[1]).content)
    assert [entry.findtext(f"{space}title") for entry in atom.iter(f"{space}entry")] == ["Mới & <b>", "Cũ"]


def test_a_portal_without_news_has_empty_feeds_and_no_section(client):
    site()
    assert [client.get(address).status_code for address in FEEDS] == [200, 200]
    assert "tin-moi" not in client.get("/").content.decode()


def shown(client, query):
    return [page.title for page in client.get(f"/tin-tuc/{query}").context["page_obj"]]


def test_the_list_is_narrowed_by_section_and_year(client, index):
    article("A", "a", index, section=Section.SKILLS, published_on=date(2026, 3, 1))
    article("B", "b", index, section=Section.SKILLS, published_on=date(2025, 3, 1))
    article("C", "c", index, published_on=date(2026, 2, 1))
    assert shown(client, "?chuyen-muc=ky-nang-so") == ["A", "B"]
    assert shown(client, "?nam=2026") == ["A", "C"]
    assert shown(client, "?chuyen-muc=ky-nang-so&nam=2025") == ["B"]
    assert shown(client, "?nam=1999") == []
    for senseless in ("?nam=0000", "?nam=²²²²", "?chuyen-muc='--", "?page=99999", "?page=x"):
        assert shown(client, senseless) == ["A", "C", "B"]


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_list_home_article_and_feeds_ask_the_same_for_one_and_for_thirty(client, index):
    addresses = ("/", "/tin-tuc/", "/tin-tuc/tin-0/", *FEEDS)
    for number in range(5):  # enough that every place which shows a few is full
        article(f"Tin {number}", f"tin-{number}", index)
    few = {address: questions(client, address) for address in addresses}
    for number in range(5, 30):
        article(f"Tin {number}", f"tin-{number}", index)
    assert {address: questions(client, address) for address in addresses} == few
    assert max(few.values()) <= 25


def test_a_picture_without_words_is_refused(index):
    page = article("Tin", "tin", index)
    page.picture = picture()
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == ["picture_alt"]
    page.picture_alt = "Cọc Bạch Đằng trong nước"
    page.full_clean()
