"""Progress of the plan beyond its own page: open data, files, search, map, home page, page of the plan."""

import csv
import io
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from plan.models import Target, Task
from plan.public import sections
from portal import search, sitemap
from portal.models import SearchEntry
from tests.portal.builders import site

from .builders import make_plan_ward
from .test_public_pages import PAGE, YEAR, keep, publish, report, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TARGETS, TASKS = "/du-lieu-mo/v1/chi-tieu/", "/du-lieu-mo/v1/nhiem-vu/"


@pytest.fixture
def ward():
    cache.clear()
    return make_plan_ward()


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def test_targets_go_out_as_last_published(client, ward):
    report("A1", 846, 1000)
    keep("C4", 3, 4, population=4)
    assert client.get(TARGETS).json()["count"] == 0
    publish(ward)
    report("A1", 1, 1000)
    found = client.get(TARGETS).json()
    assert found["count"] == 42
    rows = {row["code"]: row for row in found["results"]}
    a1 = rows["A1"]
    assert (a1["value"], a1["numerator"], a1["denominator"], a1["state"]) == ("84.6", "846", "1000", "met")
    assert (a1["goal"], a1["comparator"], a1["as_of"]) == ("80", ">", f"{YEAR}-10-31")
    assert a1["text"] == Target.objects.get(code="A1").text
    assert a1["url"].endswith("/ke-hoach/tien-do/A1/")
    c4 = rows["C4"]
    assert (c4["value"], c4["numerator"], c4["is_held_back"], c4["state"]) == (None, None, True, "no_data")


def test_tasks_go_out_as_last_published(client, ward):
    publish(ward)
    Task.objects.filter(code="U1.1").update(state="done")
    found = client.get(TASKS).json()
    assert found["count"] == 61
    row = next(one for one in found["results"] if one["code"] == "U1.1")
    assert (row["state"], row["is_late"], row["due_on"]) == ("todo", False, None)
    lead = next(one for one in found["results"] if one["code"] == "U1.2")
    assert (row["co_units"], lead["lead_units"]) == (ward.unit("VP").name, ward.unit("VP").name)


def test_the_csv_has_the_same_rows(client, ward):
    report("A1", 846, 1000)
    publish(ward)
    text = body(client.get("/du-lieu-mo/v1/chi-tieu.csv")).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(lines) == 42
    assert lines[0]["code"] == "A1" and lines[0]["value"] == "84.6"


def test_the_table_is_handed_out_as_excel_and_csv(client, ward):
    report("A1", 846, 1000)
    publish(ward)
    book = load_workbook(BytesIO(client.get(f"{PAGE}chi-tieu.xlsx").content))
    sheet = book.worksheets[0]
    assert (sheet.max_row, sheet.cell(2, 1).value) == (43, "A1")
    assert "84,6\u00a0%" in [cell.value for cell in sheet[2]]
    text = body(client.get(f"{PAGE}chi-tieu.csv")).decode("utf-8-sig")
    assert text.count("\r\n") >= 43 and "84,6\u00a0%" in text


def test_an_older_table_is_handed_out_by_its_number(client, ward):
    report("A1", 500, 1000)
    publish(ward)
    report("A1", 846, 1000)
    publish(ward)
    text = body(client.get(f"{PAGE}chi-tieu.csv?nam={YEAR}&lan=1")).decode("utf-8-sig")
    assert "50\u00a0%" in text and "84,6" not in text


def test_targets_and_tasks_are_found_by_their_words(client, ward):
    search.refresh("plan_target")
    search.refresh("plan_task")
    assert SearchEntry.objects.filter(kind="plan_target").count() == 42
    assert SearchEntry.objects.filter(kind="plan_task").count() == 61
    page = client.get("/tim-kiem/?q=5G").content.decode()
    assert 'href="/ke-hoach/tien-do/C2/"' in page
    target = Target.objects.get(code="C2")
    target.text = "Phủ sóng vệ tinh 4471"
    target.save()
    assert SearchEntry.objects.get(kind="plan_target", object_id=str(target.pk)).text.endswith("4471")


def test_the_map_lists_every_target(client, ward):
    paths = [one.path for one in sitemap.addresses()]
    assert PAGE in paths and f"{PAGE}nhiem-vu/" in paths
    listed = [path for path in paths if path.startswith(PAGE)]
    assert len(listed) == 2 + 42
    assert {client.get(path).status_code for path in listed[:6]} == {200}


def test_the_home_page_counts_reached_targets_once_something_is_published(client, ward):
    site()
    assert "/ke-hoach/tien-do/" not in client.get("/").content.decode()
    report("A1", 846, 1000)
    publish(ward)
    cache.clear()
    page = text_of(client.get("/"))
    assert '<p class="figure">1<small>/42 chỉ tiêu</small></p>' in page
    assert 'href="/ke-hoach/tien-do/"' in page


def test_the_home_page_asks_one_question_for_it(client, ward):
    site()
    publish(ward)
    client.get("/")
    with CaptureQueriesContext(connection) as caught:
        client.get("/")
    about = [one for one in caught if "targetpublication" in one["sql"]]
    assert len(about) == 1 and "payload" not in about[0]["sql"]
    assert len(caught) <= 17


def test_the_page_of_the_plan_leads_to_its_progress(client, ward):
    from portal.first_site import publish as publish_pages

    publish_pages()
    page = client.get("/ke-hoach/").content.decode()
    assert 'href="/ke-hoach/tien-do/"' in page
    report("A1", 846, 1000)
    publish(ward)
    assert "/42 chỉ tiêu đã đạt" in text_of(client.get("/ke-hoach/"))


def test_another_line_adds_a_section_in_its_place(client, ward, monkeypatch):
    monkeypatch.setattr(sections, "_entries", list(sections._entries))
    publish(ward)
    before = len(sections.sections(client.get(PAGE).wsgi_request, _shown()))
    sections.add_section(35, lambda request, shown: ("portal/blocks/heading.html", {"value": "x"}))
    sections.add_section(36, lambda request, shown: None)
    found = [one.template for one in sections.sections(client.get(PAGE).wsgi_request, _shown())]
    assert found.index("portal/blocks/heading.html") == found.index("plan/public/_tasks.html") + 1
    assert len(found) == before + 1


def _shown():
    from plan.public import reading

    return reading.shown(reading.Asked())


def test_the_page_says_what_it_is_to_those_who_share_it(client, ward):
    publish(ward)
    page = client.get(f"{PAGE}?nam={YEAR}").content.decode()
    assert 'property="og:title"' in page and '"@type": "Dataset"' in page
    assert f'rel="canonical" href="http://127.0.0.1:8000{PAGE}"' in page
    assert reverse("plan:progress") == PAGE
