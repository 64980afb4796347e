"""What search engines are told: every address everybody may read, and no other."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests import role_table
from tests.house.table import expected
from tests.ideas import builders as ideas
from tests.portal.builders import article, news_index, standard_page
from tests.training import builders as training

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL.rstrip("/")
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
OF_TRAINING = ("/dao-tao/", "/dao-tao/so-lieu/", "/dao-tao/lich/")
OF_PORTAL = ("/", "/lich/", "/tim-kiem/", "/du-lieu-mo/", "/du-lieu-mo/cho-lap-trinh/")
OF_RIGHTS = ("/quyen-du-lieu/", "/quyen-du-lieu/gui/", "/quyen-du-lieu/hoat-dong/")
OF_IDEAS = ("/sang-kien/", "/y-tuong/", "/y-tuong/da-tra-loi/")
OF_THE_PLAN = (
    "/ke-hoach/tien-do/",
    "/ke-hoach/tien-do/nhiem-vu/",
    "/ke-hoach/vuong-mac/",
    "/ke-hoach/vuong-mac/gui/",
    "/ke-hoach/mo-hinh/",
)
ALWAYS = {f"{SITE}{path}" for path in (*OF_IDEAS, *OF_PORTAL, *OF_TRAINING, *OF_THE_PLAN, *OF_RIGHTS)}


def listed(client):
    """{address: lastmod or None}, each address once."""
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    rows = ElementTree.fromstring(answer.content).findall("s:url", NS)
    found = {row.findtext("s:loc", namespaces=NS): row.findtext("s:lastmod", namespaces=NS) for row in rows}
    assert len(found) == len(rows)
    return found


def for_search_engines(client, address):
    """Whether it is a page, for people to read and engines to keep."""
    answer = client.get(address)
    if not answer.headers["Content-Type"].startswith("text/html"):
        return False
    return '<meta name="robots"' not in answer.content.decode()


def test_every_page_with_an_address_of_its_own_is_listed(client):
    """The role table knows all addresses, and which of them answer without an account."""
    plain = [row for row in role_table.ROWS if " " not in row.address and not row.address.startswith("/")]
    public = [row for row in plain if expected(row.get, role_table.SETS)["anonymous"] == 200]
    paths = {reverse(row.address) for row in public}
    pages = {f"{SITE}{path}" for path in paths if for_search_engines(client, path)}
    assert set(listed(client)) == ALWAYS == pages | {f"{SITE}/"}


def test_only_pages_everybody_may_read_are_listed(client):
    index = news_index()
    public = article("Tin công khai", "mo", index)
    public.save_revision().publish()
    article("Tin nháp", "nhap", index, live=False)
    later = timezone.now() + timedelta(days=1)
    article("Tin hẹn giờ", "hen", index, live=False, go_live_at=later).save_revision().publish()
    private = standard_page("Nội bộ", "noi-bo")
    standard_page("Dưới nội bộ", "con", parent=private)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    found = listed(client)
    assert set(found) == ALWAYS | {f"{SITE}/tin-tuc/", f"{SITE}/tin-tuc/mo/"}
    public.refresh_from_db()
    moment = timezone.localtime(public.last_published_at)
    assert found[f"{SITE}/tin-tuc/mo/"] == moment.isoformat(timespec="seconds")


def test_only_recognised_initiatives_are_listed(client):
    ward = ideas.make_ward()
    recognised = ideas.recognised(ward)
    ideas.submitted(ward, title="Chưa được công nhận")
    assert {loc for loc in listed(client) if "/SK-" in loc} == {f"{SITE}/sang-kien/{recognised.code}/"}


def test_only_announced_sessions_of_the_public_calendar_are_listed(client):
    course = training.course()
    public = training.session(course, state="open")
    training.session(course, state="open", is_public=False)
    training.session(course, state="draft")
    assert {loc for loc in listed(client) if "/buoi/" in loc} == {f"{SITE}{public.get_absolute_url()}"}


def test_every_address_listed_is_one_everybody_gets(client):
    article("Tin", "tin", news_index())
    training.session(training.course(), state="open")
    ideas.recognised(ideas.make_ward())
    found = listed(client)
    assert len(found) == len(ALWAYS) + 4
    assert {client.get(address.removeprefix(SITE)).status_code for address in found} == {200}


def test_the_map_asks_the_same_number_of_questions_for_one_and_for_many(client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            listed(client)
        return len(queries)

    index, course = news_index(), training.course()
    article("Tin", "tin", index)
    training.session(course, state="open")
    asked()
    few = asked()
    for number in range(30):
        article(f"Tin {number}", f"tin-{number}", index)
        training.session(course, state="open")
    assert asked() == few


def test_robots_are_told_what_to_leave_alone_and_where_the_map_is(client):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().split("\n") == [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /tai-khoan/",
        "Disallow: /xac-minh/",
        "Disallow: /*.ics$",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
        "",
    ]


@pytest.mark.parametrize(
    "address", ["/tim-kiem/?q=khongcogi", "/xac-minh/", "/tai-khoan/login/", "/khong-co/"]
)
def test_what_is_left_alone_says_so_itself(client, address):
    assert '<meta name="robots" content="noindex' in client.get(address).content.decode()


def test_who_found_a_weakness_learns_where_to_tell(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404, "a ward without a mailbox"
    settings.PORTAL = settings.PORTAL | {"email": "lienhe@hungdao.example"}
    cache.clear()
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().strip().split("\n"))
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=100) < expires - timezone.now() < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:lienhe@hungdao.example",
        "Preferred-Languages": "vi, en",
        "Canonical": f"{settings.SITE_URL.rstrip('/')}/.well-known/security.txt",
    }
