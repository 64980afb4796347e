"""Was this page useful: counted without a sign-in, from the portal's own pages only."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from portal import rating
from portal.models import PageRating
from tests.html import assert_sound, read
from tests.portal.builders import article, news_index, site, standard_page
from tests.portal.test_editing import member_of

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def page():
    site()
    return standard_page()


def send(client, page, answer="yes", headers=HERE, **more):
    return client.post("/danh-gia/", {"page": page.pk, "answer": answer}, headers={**headers, **more})


def kept():
    return {(row.page_id, row.day, row.answer): row.count for row in PageRating.objects.all()}


def test_every_public_page_asks_and_stays_one_for_everybody(client, page):
    index = news_index()
    article("Tin", "tin", index)
    for address in ("/", "/gioi-thieu/", "/tin-tuc/", "/tin-tuc/tin/"):
        answer = client.get(address)
        html = answer.content.decode()
        assert_sound(html)
        assert html.count('action="/danh-gia/"') == 1
        assert "csrfmiddlewaretoken" not in html
        assert not answer.cookies and "X-Public" in answer.headers
    assert 'action="/danh-gia/"' not in client.get("/khong-co/").content.decode()


def test_the_form_sends_what_the_portal_counts(client, page):
    tags = read(client.get("/gioi-thieu/").content).tags
    sent = [given["value"] for tag, given in tags if given.get("name") == "page"]
    assert sent == [str(page.pk)]
    answers = [given["value"] for tag, given in tags if given.get("name") == "answer"]
    assert answers == ["yes", "partly", "no"]


def test_an_answer_is_counted_by_page_and_day_and_leads_back(client, page):
    other, today = standard_page("Khác", "khac"), timezone.localdate()
    answer = send(client, page)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/gioi-thieu/#cam-on")
    send(client, page)
    send(client, page, "no")
    send(client, other, "partly")
    assert kept() == {(page.pk, today, "yes"): 2, (page.pk, today, "no"): 1, (other.pk, today, "partly"): 1}
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


def test_only_pages_everybody_may_read_are_rated_and_only_with_our_answers(client, page):
    draft = standard_page("Nháp", "nhap", live=False)
    private = standard_page("Riêng", "rieng")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert [send(client, each).status_code for each in (draft, private)] == [404, 404]
    for given in ({"page": "x"}, {"page": "9" * 30}, {"page": "1"}, {"page": page.pk, "answer": "maybe"}, {}):
        assert client.post("/danh-gia/", {"answer": "yes"} | given, headers=HERE).status_code == 404
    assert kept() == {}


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
    often = standard_page("Hay đọc", "hay-doc")
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
    assert html.index("Hay đọc") < html.index("Giới thiệu")
    sheet = client.get("/quan-tri/reports/danh-gia/", {"export": "csv"})
    lines = list(csv.reader(b"".join(sheet.streaming_content).decode().splitlines()))
    assert lines == [
        ["Trang", "Địa chỉ", "Có", "Một phần", "Chưa"],
        ["Hay đọc", "/hay-doc/", "0", "5", "0"],
        ["Giới thiệu", "/gioi-thieu/", "2", "0", "1"],
    ]


def test_a_title_that_reads_as_a_formula_is_text_in_the_file_taken_along(client, page):
    page.title = '=HYPERLINK("http://evil.example")'
    page.save()
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
