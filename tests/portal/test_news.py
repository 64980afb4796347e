"""News: the list, the article, the feeds; never a draft, a scheduled or a private one."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import feedparser
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.models import ArticlePage, Section
from tests.html import assert_sound
from tests.portal.builders import article, news_index, picture, site

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SITE = settings.SITE_URL.rstrip("/")
FEEDS = {"/tin-tuc/rss.xml": "rss20", "/tin-tuc/atom.xml": "atom10"}


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


def read_feed(client, address):
    """As a feed reader does, which would forgive most; `bozo` says that it had to."""
    answer = client.get(address)
    headers = {"content-type": answer.headers["Content-Type"], "content-location": SITE + address}
    found = feedparser.parse(answer.content, response_headers=headers)
    assert not found.bozo, found.get("bozo_exception")
    return found


def in_utc(moment):
    """To the second, as a feed says it."""
    return moment.astimezone(UTC).timetuple()[:6]


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


@pytest.mark.parametrize(("address", "version"), FEEDS.items())
def test_a_feed_reader_gets_what_is_published_the_latest_first(client, index, address, version):
    leaking(index)
    old, new = date(2026, 1, 2), date(2026, 11, 2)
    article("Cũ", "cu", index, published_on=old, lead="Năm “ngoái”.").save_revision().publish()
    article("Mới & <b>", "moi", index, published_on=new, section=Section.SKILLS).save_revision().publish()
    found = read_feed(client, address)
    assert found.version == version
    assert (found.feed.title, found.feed.link) == ("Tin tức Phường Hưng Đạo", f"{SITE}/tin-tuc/")
    assert found.feed.language == "vi" and found.feed.links[-1].href == SITE + address
    said = [
        (entry.title, entry.link, entry.id, entry.summary, entry.author, entry.tags[0].term)
        for entry in found.entries
    ]
    author = "Phòng Văn hóa - Xã hội"
    moi, cu = f"{SITE}/tin-tuc/moi/", f"{SITE}/tin-tuc/cu/"
    assert said == [
        ("Mới & <b>", moi, moi, "Tóm tắt tin.", author, "Kỹ năng số"),
        ("Cũ", cu, cu, "Năm “ngoái”.", author, "Đổi mới sáng tạo"),
    ]
    assert [entry.published_parsed[:6] for entry in found.entries] == [
        in_utc(midnight(day)) for day in (new, old)
    ]


def test_atom_says_when_an_article_was_last_changed(client, index):
    article("Tin", "tin", index).save_revision().publish()
    (entry,) = read_feed(client, "/tin-tuc/atom.xml").entries
    assert entry.updated_parsed[:6] == in_utc(ArticlePage.objects.get().last_published_at)


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
