"""Every page says where it is, from the home page on; the main menu leads to what editors put there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from people.models import User
from portal import furniture
from portal.first_site import build
from tests.html import assert_sound
from tests.ideas import builders as ideas
from tests.portal.builders import article, site, standard_page

pytestmark = pytest.mark.once

TEMPLATES = Path(settings.ROOT) / "templates"
HOME = ("/", "Trang chủ")


def part(html, start, end):
    return html[html.index(start) : html.index(end, html.index(start))]


def links(html):
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', html)
    return [(address, re.sub(r"<[^>]*>", "", words)) for address, words in found]


def menu(client, path="/xac-minh/"):
    """The main menu of the wide screen, and that of the phone, which must be the same."""
    html = client.get(path).content.decode()
    wide = links(part(html, '<nav class="mainnav', "</nav>"))
    narrow = [entry for entry in links(part(html, '<div class="menu-panel">', "</nav>")) if entry in wide]
    assert narrow == wide
    return wide


@pytest.mark.django_db
def test_every_public_page_begins_its_trail_at_home(client):
    build()
    article("Tin", "tin", Page.objects.get(slug="tin-tuc").specific)
    code = ideas.recognised(ideas.make_ward()).code
    ways = {
        "/gioi-thieu/": [],
        "/tin-tuc/": [],
        "/tin-tuc/tin/": [("/tin-tuc/", "Tin tức")],
        "/du-lieu-mo/": [],
        "/du-lieu-mo/cho-lap-trinh/": [("/du-lieu-mo/", "Dữ liệu mở")],
        "/sang-kien/": [],
        f"/sang-kien/{code}/": [("/sang-kien/", "Sáng kiến")],
        "/dao-tao/": [],
        "/dao-tao/lich/": [("/dao-tao/", "Đào tạo")],
        "/dao-tao/so-lieu/": [("/dao-tao/", "Đào tạo")],
        "/lich/": [],
        "/tim-kiem/": [],
        "/xac-minh/": [],
    }
    for address, way in ways.items():
        html = client.get(address).content.decode()
        assert_sound(html)
        trail = part(html, '<nav class="crumbs"', "</nav>")
        assert links(trail) == [HOME, *way], address
        assert trail.count('aria-current="page"') == 1
    assert '<nav class="crumbs"' not in client.get("/").content.decode()


def test_no_template_begins_a_trail_of_its_own():
    trails = [
        (path.relative_to(TEMPLATES).as_posix(), trail)
        for path in TEMPLATES.rglob("*.html")
        for trail in re.findall(r'<nav class="crumbs".*', path.read_text())
    ]
    assert len(trails) > 10
    first = '<ol class="plain">{% include "components/crumb_home.html" %}'
    assert [path for path, trail in trails if first not in trail] == []


@pytest.mark.django_db
def test_the_main_menu_leads_to_the_plan_and_to_what_editors_put_there(client):
    site()
    before = [address for address, _label in menu(client)]
    assert before == ["/", "/tin-tuc/", "/sang-kien/", "/y-tuong/", "/dao-tao/", "/cuoc-thi/"]
    build()
    added = [entry for entry in menu(client) if entry[0] not in before]
    assert added == [("/gioi-thieu/", "Giới thiệu"), ("/ke-hoach/", "Kế hoạch"), ("/van-ban/", "Văn bản")]
    html = part(client.get("/ke-hoach/").content.decode(), '<nav class="mainnav', "</nav>")
    assert 'href="/ke-hoach/" aria-current="page"' in html and html.count("aria-current") == 1


@pytest.mark.django_db
def test_the_menu_shows_nothing_that_is_not_public_and_nothing_twice(client):
    build()
    before = menu(client)
    standard_page("LOTIN nháp", "nhap", live=False, show_in_menus=True)
    private = standard_page("LOTIN riêng", "rieng", show_in_menus=True)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    standard_page("LOTIN dưới", "duoi", parent=Page.objects.get(slug="gioi-thieu"), show_in_menus=True)
    standard_page("LOTIN ngoài", "ngoai")
    Page.objects.filter(slug="tin-tuc").update(show_in_menus=True)
    assert menu(client) == before
    Page.objects.get(slug="ke-hoach").unpublish()
    assert menu(client) == [entry for entry in before if entry[0] != "/ke-hoach/"]


@pytest.mark.django_db
def test_whoever_signed_in_finds_the_same_pages_there(client):
    build()
    client.force_login(User.objects.create_user("ngoc", password="mật khẩu dài đủ"))
    cache.delete(furniture.KEPT_AS)
    assert ("/ke-hoach/", "Kế hoạch") in menu(client)


@pytest.mark.django_db
def test_a_bar_with_many_entries_keeps_to_one_line_by_folding_the_editors_pages(client):
    build()
    ward = ideas.make_ward()
    client.force_login(ward.thuky)
    cache.delete(furniture.KEPT_AS)
    bar = part(client.get("/xac-minh/").content.decode(), '<nav class="mainnav', "</nav>")
    folded = part(bar, "<details", "</details>")
    pages = [("/gioi-thieu/", "Giới thiệu"), ("/ke-hoach/", "Kế hoạch"), ("/van-ban/", "Văn bản")]
    assert links(folded) == pages
    assert [entry for entry in menu(client) if entry in pages] == pages


@pytest.mark.django_db
def test_one_page_in_the_menu_costs_what_thirty_cost(client):
    def asked():
        client.get("/xac-minh/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/xac-minh/")
        return len(queries)

    site()
    standard_page("Trang", "trang", show_in_menus=True)
    few = asked()
    for number in range(29):
        standard_page(f"Trang {number}", f"trang-{number}", show_in_menus=True)
    assert asked() == few
