"""Was this page useful: counted without a sign-in, from the portal's own pages only."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from portal import rating
from portal.first_site import build
from portal.models import NewsIndexPage, PageRating, RatedPage
from tests.html import assert_sound, read
from tests.ideas import builders as ideas
from tests.portal.builders import article, site, standard_page
from tests.portal.test_editing import member_of
from tests.training import builders as training

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def page():
    site()
    return standard_page()


def send(client, page, answer="yes", headers=HERE, **more):
    key = rating.key_of(page.url, page.title)
    return client.post("/danh-gia/", {"page": key, "answer": answer}, headers={**headers, **more})


def kept():
    rows = PageRating.objects.select_related("page")
    return {(row.page.path, row.day, row.answer): row.count for row in rows}


def sent_by(client, address):
    """What the form of a page sends along as the page."""
    tags = read(client.get(address).content).tags
    return [given["value"] for tag, given in tags if given.get("name") == "page"]


def test_every_public_page_asks_and_stays_one_for_everybody(client, page):
    build()
    article("Tin", "tin", NewsIndexPage.objects.get())
    initiative = ideas.recognised(ideas.make_ward())
    session = training.session(training.course(), state="open")
    kept_for_all = ("/", "/gioi-thieu/", "/ke-hoach/", "/tin-tuc/", "/tin-tuc/tin/", "/sang-kien/")
    kept_for_all += (f"/sang-kien/{initiative.code}/", "/du-lieu-mo/", "/du-lieu-mo/cho-lap-trinh/")
    drawn_anew = ("/lich/", "/dao-tao/", "/dao-tao/lich/", "/dao-tao/so-lieu/", session.get_absolute_url())
    for address in (*kept_for_all, *drawn_anew):
        answer = client.get(address)
        html = answer.content.decode()
        assert_sound(html)
        assert html.count('action="/danh-gia/"') == 1, address
        assert "csrfmiddlewaretoken" not in html
        assert not answer.cookies and ("X-Public" in answer.headers) == (address in kept_for_all), address


def test_where_there_is_no_page_to_rate_nobody_is_asked(client):
    site()
    hidden = training.session(training.course(), state="open", is_public=False)
    client.force_login(ideas.make_ward().tacgia)
    for address in ("/khong-co/", "/tim-kiem/", "/xac-minh/", "/viec-cua-toi/", hidden.get_absolute_url()):
        assert 'action="/danh-gia/"' not in client.get(address).content.decode(), address


def test_the_form_sends_what_the_portal_counts_whatever_the_list_is_narrowed_by(client, page):
    initiative = ideas.recognised(ideas.make_ward())
    for address in ("/gioi-thieu/", "/lich/", f"/sang-kien/{initiative.code}/", "/sang-kien/"):
        (key,) = sent_by(client, address)
        assert sent_by(client, f"{address}?page=1&x=y") == [key]
        answer = client.post("/danh-gia/", {"page": key, "answer": "yes"}, headers=HERE)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}#cam-on")
    assert dict(RatedPage.objects.values_list("path", "title")) == {
        "/gioi-thieu/": "Giới thiệu",
        "/lich/": "Lịch sự kiện",
        f"/sang-kien/{initiative.code}/": initiative.title,
        "/sang-kien/": "Sáng kiến đã công nhận",
    }
    tags = read(client.get("/gioi-thieu/").content).tags
    assert [given["value"] for tag, given in tags if given.get("name") == "answer"] == ["yes", "partly", "no"]


def test_an_answer_is_counted_by_page_and_day_and_leads_back(client, page):
    other, today = standard_page("Khác", "khac"), timezone.localdate()
    answer = send(client, page)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/gioi-thieu/#cam-on")
    send(client, page)
    send(client, page, "no")
    send(client, other, "partly")
    assert kept() == {
        (page.url, today, "yes"): 2,
        (page.url, today, "no"): 1,
        (other.url, today, "partly"): 1,
    }
    assert RatedPage.objects.count() == 2
    assert not answer.cookies
    assert 'id="cam-on"' in client.get("/gioi-thieu/").content.decode()


def test_the_pages_own_script_hears_that_it_was_counted(client, page):
    answer = send(client, page, **{"Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert sum(kept().values()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://khac.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_a_page_elsewhere_cannot_answer(client, page, headers):
    assert send(client, page, headers=headers).status_code == 403
    assert kept() == {}


def test_a_browser_that_names_only_its_origin_is_believed(client, page):
    assert send(client, page, headers={"Origin": "http://testserver"}).status_code == 303


def test_addresses_made_up_fill_no_table_and_only_our_answers_count(client, page):
    key = rating.key_of(page.url, page.title)
    data, _colon, signature = key.partition(":")
    other = rating.key_of("/khac/", "Khác")
    made_up = [
        *("x", "", "9" * 30, str(page.pk), "/gioi-thieu/", ":", data, f"{data}:{signature[:-1]}", key + "0"),
        f"{other.partition(':')[0]}:{signature}",
        Signer(salt="another").sign_object(["/x/", "x"]),
        "\x00:" + signature,
    ]
    for given in [*({"page": each} for each in made_up), {"page": key, "answer": "maybe"}, {}]:
        assert client.post("/danh-gia/", {"answer": "yes"} | given, headers=HERE).status_code == 404, given
    assert (kept(), RatedPage.objects.count()) == ({}, 0)


def test_what_nobody_reads_gives_no_form_to_answer_with(client, page):
    standard_page("Nháp", "nhap", live=False)
    private = standard_page("Riêng", "rieng")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert [sent_by(client, address) for address in ("/nhap/", "/rieng/")] == [[], []]


def test_an_editors_preview_is_not_rated(rf, page):
    html = page.make_preview_request(rf.get("/"), page.default_preview_mode).render().content.decode()
    assert 'action="/danh-gia/"' not in html


def test_an_address_too_long_to_be_kept_is_not_asked_about(page):
    assert rating.key_of("/" + "a" * 499, "Dài" * 200) != ""
    assert rating.key_of("/" + "a" * 500, "Dài") == ""


def test_editors_read_the_title_of_now_in_their_language(client, page):
    send(client, page)
    client.cookies["ngon_ngu"] = "en"
    page.title = "About"
    send(client, page)
    assert RatedPage.objects.get().title == "Giới thiệu"
    del client.cookies["ngon_ngu"]
    page.title = "Giới thiệu cổng"
    send(client, page)
    assert RatedPage.objects.get().title == "Giới thiệu cổng"
    assert sum(kept().values()) == 3


def test_an_answer_costs_the_same_for_the_first_and_the_thirtieth_page(client):
    def asked(number):
        with CaptureQueriesContext(connection) as queries:
            rating.count(f"/trang-{number}/", "Trang", "yes", timezone.localdate())
        return len(queries)

    few = asked(0)
    assert [asked(number) for number in range(1, 30)] == [few] * 29


def test_one_address_answers_only_so_often(client, page):
    most = rating.ANSWERS_OF_ONE.most
    assert {send(client, page).status_code for _each in range(most)} == {303}
    refused = send(client, page)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    assert sum(kept().values()) == most
    assert (
        send(client, page, **{"X-Forwarded-For": "203.0.113.9"}).status_code == 429
    )  # not the client's word


def test_editors_see_the_last_ninety_days_and_take_them_along(client, page):
    today = timezone.localdate()
    page = RatedPage.objects.create(path="/gioi-thieu/", title="Giới thiệu")
    often = RatedPage.objects.create(path="/lich/", title="Hay đọc")
    for each, day, answer, number in (
        (page, today, "yes", 2),
        (page, today - timedelta(days=89), "no", 1),
        (page, today - timedelta(days=90), "no", 40),
        (often, today, "partly", 5),
    ):
        PageRating.objects.create(page=each, day=day, answer=answer, count=number)
    rows = [(row.title, row.yes, row.partly, row.no) for row in rating.rated_pages(today)]
    assert rows == [("Hay đọc", 0, 5, 0), ("Giới thiệu", 2, 0, 1)]
    client.force_login(member_of("editor"))
    html = client.get("/quan-tri/reports/danh-gia/").content.decode()
    assert html.index('href="/lich/"') < html.index('href="/gioi-thieu/"')
    assert html.index("Hay đọc") < html.index("Giới thiệu")
    sheet = client.get("/quan-tri/reports/danh-gia/", {"export": "csv"})
    lines = list(csv.reader(b"".join(sheet.streaming_content).decode().splitlines()))
    assert lines == [
        ["Trang", "Địa chỉ", "Có", "Một phần", "Chưa"],
        ["Hay đọc", "/lich/", "0", "5", "0"],
        ["Giới thiệu", "/gioi-thieu/", "2", "0", "1"],
    ]


def test_a_title_that_reads_as_a_formula_is_text_in_the_file_taken_along(client):
    site()
    page = RatedPage.objects.create(path="/gioi-thieu/", title='=HYPERLINK("http://evil.example")')
    PageRating.objects.create(page=page, day=timezone.localdate(), answer="yes", count=2)
    client.force_login(member_of("editor"))
    sheet = client.get("/quan-tri/reports/danh-gia/", {"export": "csv"})
    text = b"".join(sheet.streaming_content).decode()
    assert list(csv.reader(text.splitlines()))[1][0] == f"'{page.title}"
    book = client.get("/quan-tri/reports/danh-gia/", {"export": "xlsx"})
    (_, first) = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active.iter_rows()
    assert (first[0].value, first[0].data_type) == (page.title, "s")


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("publisher", 200), ("administrator", 200)])
def test_who_reads_the_ratings(client, role, status):
    site()
    client.force_login(member_of(role))
    assert client.get("/quan-tri/reports/danh-gia/").status_code == status
    assert "/quan-tri/reports/danh-gia/" in client.get("/quan-tri/").content.decode()


def test_others_do_not(client):
    site()
    client.force_login(member_of("training_officer"))
    assert client.get("/quan-tri/reports/danh-gia/").status_code in (302, 403)
