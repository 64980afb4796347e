"""What a public page says of itself: one address, Open Graph and schema.org, equal to what it shows."""

import json
import re
from datetime import date, time

import pytest
from django.conf import settings

from portal.first_site import build
from tests.html import assert_sound, read
from tests.ideas import builders as ideas
from tests.portal.builders import article, news_index, site
from tests.training import builders as training

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SITE = settings.SITE_URL.rstrip("/")
BAD = '</script><script>alert(1)</script> & "Đổi mới" <!-- \''


def page(client, path):
    html = client.get(path).content.decode()
    assert_sound(html)
    return html


def said(html):
    """The one JSON-LD of a page."""
    (body,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(body)


def shares(html):
    """{property: content} of Open Graph, and the canonical address."""
    tags = read(html).tags
    found = {given["property"]: given["content"] for tag, given in tags if "property" in given}
    (canonical,) = [given["href"] for tag, given in tags if given.get("rel") == "canonical"]
    return found, canonical


def test_the_home_page_is_the_wards(client, settings):
    site()
    data = said(page(client, "/?x=1"))
    assert (data["@type"], data["name"]) == ("GovernmentOrganization", settings.PORTAL["ward_committee"])
    assert data["url"] == f"{SITE}/"
    assert data["parentOrganization"]["name"] == settings.PORTAL["parent_name"]


def test_an_article_says_what_it_shows_whatever_its_title(client):
    article(BAD, "tin", news_index(), lead="Tóm tắt </script>")
    html = page(client, "/tin-tuc/tin/")
    data = said(html)
    assert (data["@type"], data["headline"], data["description"]) == ("NewsArticle", BAD, "Tóm tắt </script>")
    assert (data["datePublished"], data["mainEntityOfPage"]) == ("2026-06-12", f"{SITE}/tin-tuc/tin/")
    assert "<script>alert" not in html
    found, canonical = shares(html)
    assert canonical == found["og:url"] == f"{SITE}/tin-tuc/tin/"
    assert (found["og:title"], found["og:type"]) == (BAD, "article")


def test_a_public_session_is_an_event(client):
    course = training.course(description="Ký số từng bước.")
    made = training.session(
        course, date(2026, 12, 8), begins=time(8), ends=time(11), state="open", place="Hội trường A"
    )
    html = page(client, made.get_absolute_url())
    data = said(html)
    assert data.pop("organizer")["name"] in html
    assert data == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": course.name,
        "startDate": "2026-12-08T08:00:00+07:00",
        "endDate": "2026-12-08T11:00:00+07:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "url": f"{SITE}{made.get_absolute_url()}",
        "location": {"@type": "Place", "name": "Hội trường A"},
    }
    assert "Hội trường A" in html and course.name in html
    found, canonical = shares(html)
    assert canonical == f"{SITE}{made.get_absolute_url()}"
    assert found["og:description"] == "Ký số từng bước."


def test_a_cancelled_session_says_so(client):
    made = training.session(training.course(), state="cancelled")
    assert said(page(client, made.get_absolute_url()))["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_session_outside_the_public_calendar_is_not_shared(client):
    ward = ideas.make_ward()
    made = training.session(training.course(), state="open", is_public=False)
    client.force_login(ward.tacgia)
    html = page(client, made.get_absolute_url())
    assert made.course.name in html
    assert "ld+json" not in html and "og:" not in html and "canonical" not in html


def test_a_recognised_initiative_has_one_address_and_a_title(client):
    recognised = ideas.recognised(ideas.make_ward())
    html = page(client, f"/sang-kien/{recognised.code}/?x=1")
    found, canonical = shares(html)
    assert canonical == found["og:url"] == f"{SITE}/sang-kien/{recognised.code}/"
    assert (found["og:title"], found["og:type"]) == (recognised.title, "article")


@pytest.mark.parametrize("path", ["/sang-kien/", "/dao-tao/lich/"])
def test_lists_have_one_address_whatever_they_are_narrowed_by(client, path):
    assert shares(page(client, f"{path}?page=2&thang=2026-11"))[1] == f"{SITE}{path}"


LISTS = ("/sang-kien/", "/lich/", "/dao-tao/", "/dao-tao/lich/", "/dao-tao/so-lieu/")
OPEN_DATA = ("/du-lieu-mo/", "/du-lieu-mo/cho-lap-trinh/")


@pytest.mark.parametrize("path", ["/", "/so-do-trang/", "/tim-kiem/", *LISTS, *OPEN_DATA])
def test_every_public_page_has_one_address_and_says_in_a_sentence_what_it_holds(client, path):
    build()
    html = page(client, f"{path}?x=1")
    tags = read(html).tags
    (description,) = [given["content"] for _tag, given in tags if given.get("name") == "description"]
    found, canonical = shares(html)
    assert canonical == f"{SITE}{path}" and found["og:description"] == description
    assert 20 <= len(description) <= 200


def test_search_engines_keep_one_page_of_the_search_and_none_that_found_nothing(client):
    """Or a link with words of somebody else's would stand among the ward's pages."""
    article("Họp không giấy", "hop", news_index()).save_revision().publish()
    unwanted = '<meta name="robots" content="noindex">'
    for path in ("/tim-kiem/", "/tim-kiem/?q=hop+khong+giay"):
        html = page(client, path)
        assert shares(html)[1] == f"{SITE}/tim-kiem/" and unwanted not in html
    for query in ("q=khongcogi", "q=hop&loai=document", "q=..."):
        html = page(client, f"/tim-kiem/?{query}")
        assert unwanted in html and "canonical" not in html
