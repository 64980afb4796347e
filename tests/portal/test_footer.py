"""The foot of every page: only links to what everybody may read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from portal.first_site import build
from tests.html import read
from tests.portal.builders import site, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ALWAYS = [
    "/lich/",
    "/du-lieu-mo/",
    "/quyen-du-lieu/",
    "/xac-minh/",
    "/tin-tuc/rss.xml",
    "https://dichvucong.gov.vn",
]
FIRST = ["/hoi-dap/", "/lien-he/", "/tiep-can/", "/du-lieu-ca-nhan/", "/so-do-trang/"]


def links(client, path="/xac-minh/"):
    """Addresses of the footer's list, in order."""
    html = client.get(path).content.decode()
    foot = html[html.index('<footer class="foot">') :]
    foot = foot[foot.index("<nav") : foot.index("</nav>")]
    return [given["href"] for tag, given in read(foot).tags if tag == "a"]


def test_it_leads_to_the_pages_the_ward_began_with(client):
    site()
    assert links(client) == ALWAYS
    build()
    assert links(client) == [*FIRST, *ALWAYS]
    assert {client.get(address).status_code for address in (*FIRST, "/xac-minh/")} == {200}


def test_a_page_taken_down_or_made_private_leaves_and_a_moved_one_stays(client):
    build()
    Page.objects.get(slug="hoi-dap").unpublish()
    private = Page.objects.get(slug="tiep-can")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    moved = Page.objects.get(slug="lien-he").specific
    moved.slug = "gap-chung-toi"
    moved.save_revision().publish()
    assert links(client) == ["/gap-chung-toi/", "/du-lieu-ca-nhan/", "/so-do-trang/", *ALWAYS]


def test_it_names_who_is_responsible_and_the_parent_portal(client, settings):
    settings.PORTAL = settings.PORTAL | {"responsible": "Bà Nguyễn Thị Ánh", "email": "cong@hungdao.example"}
    html = client.get("/xac-minh/").content.decode()
    foot = html[html.index('<footer class="foot">') :]
    for words in ("Bà Nguyễn Thị Ánh", 'href="mailto:cong@hungdao.example"'):
        assert words in foot
    assert f'href="{settings.PORTAL["parent_url"]}">{settings.PORTAL["parent_name"]}' in foot


def test_it_costs_the_same_with_many_pages(client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/xac-minh/")
        return len(queries)

    build()
    asked()
    few = asked()
    for number in range(30):
        standard_page(f"Trang {number}", f"trang-{number}")
    asked()  # the first page after a change finds the links anew
    assert asked() == few


def test_there_is_a_way_past_the_header_for_the_keyboard(client):
    tags = read(client.get("/xac-minh/").content).tags
    assert next(given["href"] for tag, given in tags if tag == "a") == "#noi-dung"
    assert [given.get("tabindex") for _tag, given in tags if given.get("id") == "noi-dung"] == ["-1"]
