"""The public's ways through the portal."""

import time
import urllib.request

import pytest

from bench.server import Daphne, free_port
from portal.models import ArticlePage
from tests.portal.builders import article, news_index

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def news():
    index = news_index()
    for title, slug in (("Đổi mới cách trả kết quả", "doi-moi"), ("Họp không giấy", "hop")):
        page = article(title, slug, index, live=False, body=[("text", "<p>Cả phường cùng làm.</p>")])
        page.save_revision().publish()
    return index


@pytest.mark.once
def test_a_resident_finds_news_on_a_phone_without_accents(windows, news):
    window = windows(size=PHONE, has_touch=True, language="vi")
    page = window.go("/")
    page.locator("header details.menu summary").tap()
    page.locator("#tim-nho").fill("doi moi cach")
    with page.expect_navigation():
        page.locator("#tim-nho").press("Enter")
    assert page.locator(".hit h3").all_inner_texts() == ["Đổi mới cách trả kết quả"]
    window.axe_clean()
    window.fits()
    window.press(".hit a")
    assert page.locator("h1").inner_text() == "Đổi mới cách trả kết quả"


@pytest.mark.once
def test_results_follow_what_is_typed_and_say_so(windows, news):
    window = windows(language="vi")
    page = window.go("/tim-kiem/")
    page.locator("#q").press_sequentially("hop kh")
    window.until(lambda: page.locator(".hit h3").all_inner_texts() == ["Họp không giấy"])
    assert page.url.endswith("/tim-kiem/?q=hop+kh")
    assert "1 kết quả" in page.locator("[role=status]#so-ket-qua").inner_text()
    page.locator("#q").fill("khongcogica")
    window.until(lambda: page.locator(".hit").count() == 0)
    window.axe_clean()


@pytest.mark.once
def test_news_is_read_and_searched_with_the_keyboard_alone(windows, news):
    page = windows().go("/tin-tuc/")
    keys = page.keyboard
    keys.press("Tab")
    keys.press("Enter")  # over the header, to the content
    for _step in range(40):
        keys.press("Tab")
        if page.evaluate("document.activeElement.pathname") == "/tin-tuc/doi-moi/":
            break
    with page.expect_navigation():
        keys.press("Enter")
    assert page.locator("h1").inner_text() == "Đổi mới cách trả kết quả"
    for _step in range(40):
        keys.press("Tab")
        if page.evaluate("document.activeElement.id") == "tim":
            break
    keys.type("hop khong giay")
    with page.expect_navigation():
        keys.press("Enter")
    assert page.locator(".hit h3").all_inner_texts() == ["Họp không giấy"]


@pytest.mark.once
def test_everything_is_read_without_javascript(windows, news):
    window = windows(size=PHONE, java_script_enabled=False)
    page = window.go("/")
    page.locator("header details.menu summary").click()
    window.press("header .menu-panel a[href='/tin-tuc/']")
    window.press("main a[href='/tin-tuc/hop/']")
    assert page.locator("main").get_by_text("Cả phường cùng làm.").is_visible()
    window.go("/tim-kiem/?q=hop")
    assert page.locator(".hit h3").all_inner_texts() == ["Họp không giấy"]


def read(server, path):
    with urllib.request.urlopen(server.origin + path, timeout=30) as answer:
        return answer.read().decode()


def test_two_servers_show_a_change_a_second_after_it_was_published(portal, environment, news):
    """Published by a third process, this one, as the worker does."""
    with Daphne(environment, free_port()) as other:
        for server in (portal, other):
            for _twice in range(2):
                assert "Họp không giấy" in read(server, "/tin-tuc/")
        page = ArticlePage.objects.get(slug="hop")
        page.title = "Họp không cần giấy"
        page.save_revision().publish()
        time.sleep(1)
        for server in (portal, other):
            html = read(server, "/tin-tuc/")
            assert "Họp không cần giấy" in html and "Họp không giấy" not in html


@pytest.mark.once
def test_filters_leave_the_phone_to_the_results_and_stand_open_on_a_wide_screen(windows, news):
    window = windows(size=PHONE, language="vi")
    page = window.go("/tin-tuc/")
    select, summary = page.locator("#chuyen-muc"), page.locator(".filters > summary")
    assert not select.is_visible()
    assert page.locator("main li a.main").first.bounding_box()["y"] < PHONE["height"]
    window.axe_clean()
    summary.focus()
    page.keyboard.press("Enter")
    assert select.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "chuyen-muc"
    window.axe_clean()
    select.select_option("ky-nang-so")
    window.press(".filters button")
    assert page.url.endswith("chuyen-muc=ky-nang-so&nam=") and select.is_visible()
    page.set_viewport_size(DESK)
    page.goto("/tin-tuc/")
    assert select.is_visible() and not summary.is_visible()
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "chuyen-muc":
            break
    else:
        pytest.fail("the keyboard does not reach the filters")
    window.axe_clean()


@pytest.mark.once
def test_filters_work_without_javascript(windows, news):
    page = windows(size=PHONE, java_script_enabled=False).go("/tin-tuc/")
    page.locator(".filters > summary").click()
    assert page.locator("#nam").is_visible()


@pytest.mark.once
def test_a_table_whose_rows_stand_as_blocks_still_says_that_it_is_one(windows, news):
    table = windows(size=PHONE).go("/du-lieu-mo/").locator("table.tbl-stack").first
    said = table.evaluate("table => [table, ...table.querySelectorAll('*')].map((part) => part.role)")
    assert [role for role in said if role][:7] == [
        *("table", "rowgroup", "row", "columnheader", "columnheader", "columnheader", "rowgroup")
    ]
    assert table.locator("tbody tr > *").first.get_attribute("role") == "rowheader"
