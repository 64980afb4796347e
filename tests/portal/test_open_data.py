"""Open data: what goes out, what never does, and that a careless or hostile reader hears what is allowed."""

import csv
import io
import json
import unicodedata

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.models import Author, Field, Initiative
from people.models import User
from portal.opendata import Dataset, register_dataset
from portal.opendata.csv_file import cell
from portal.opendata.registry import all_datasets
from tests.html import assert_sound
from tests.ideas import builders
from tests.ideas.test_public import HIDDEN, HIDDEN_NAMES, LEAKS, TITLE, with_secrets
from tests.training import builders as training

pytestmark = [pytest.mark.django_db, pytest.mark.once]
JSON, CSV = "/du-lieu-mo/v1/sang-kien/", "/du-lieu-mo/v1/sang-kien.csv"
COVERAGE, COVERAGE_CSV = "/du-lieu-mo/v1/do-phu-dao-tao/", "/du-lieu-mo/v1/do-phu-dao-tao.csv"
EVERYTHING = (JSON, CSV, COVERAGE, COVERAGE_CSV, "/du-lieu-mo/v1/openapi.json", "/du-lieu-mo/")
COLUMNS = [
    "code", "title", "field", "unit", "year", "decision_number", "decided_on", "authors", "benefits", "uses",
    "url", "is_sample",
]  # fmt: skip


def body(response):
    return b"".join(response) if response.streaming else response.content


def cells(response):
    text = body(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def made(count):
    """Recognised initiatives, each with two authors, written without the workflow."""
    field = Field.objects.first()
    return [
        one_made(f"SK-2026-HD{number:02d}", f"Sáng kiến {number}", field=field)
        for number in range(1, count + 1)
    ]


def one_made(code, title, **values):
    row = Initiative.objects.create(code=code, title=title, title_key="x", state="recognised", **values)
    for order in (1, 2):
        Author.objects.create(
            initiative=row, order=order, full_name=f"Tác giả {order}", share=50, job_title="Trưởng thôn",
            birth_date="1980-05-20", workplace="Số 5 phố Nhà Riêng",
        )  # fmt: skip
    return row


def test_a_recognised_initiative_goes_out_with_what_its_card_says(client):
    initiative = with_secrets(builders.make_ward(), builders.recognised)
    answer = client.get(JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    found = answer.json()
    (row,) = found.pop("results")
    day = timezone.localdate()
    assert row == {
        "code": initiative.code,
        "title": TITLE,
        "field": initiative.field.name,
        "unit": "Phòng Văn hóa - Xã hội",
        "year": row["year"],
        "decision_number": "468/QĐ-UBND",
        "decided_on": row["decided_on"],
        "authors": [
            {"name": one.full_name, "position": one.job_title, "unit": one.workplace}
            for one in initiative.authors.order_by("order")
        ],
        "benefits": [],
        "uses": [],
        "url": f"http://127.0.0.1:8000/sang-kien/{initiative.code}/",
        "is_sample": False,
    }
    assert row["decided_on"].startswith(f"{row['year']}-") and row["decided_on"] <= day.isoformat()
    assert [author["name"] for author in row["authors"]] == ["Bùi Thị Ngọc", "Đỗ Minh Tuấn"]
    assert row["authors"][0]["unit"] == "Phòng Văn hóa - Xã hội"
    assert found == {
        "dataset": "sang-kien", "title": "Sáng kiến đã công nhận", "version": "v1",
        "source": "UBND phường Hưng Đạo", "licence": "Được sử dụng tự do khi ghi rõ nguồn",
        "count": 1, "page": 1, "page_size": 100, "pages": 1, "next": None, "previous": None,
    }  # fmt: skip
    (line,) = cells(client.get(CSV))
    assert list(line) == COLUMNS
    assert (line["code"], line["title"], line["year"]) == (initiative.code, TITLE, str(row["year"]))
    assert line["authors"] == "; ".join(
        " – ".join(filter(None, (one["name"], one["position"], one["unit"]))) for one in row["authors"]
    )


def secrets_of_people():
    """What else the portal keeps of the authors; marked, so that it would be seen."""
    found = [*LEAKS, "birth", "share", "50.00", "100.00"]
    for author in Author.objects.select_related("staff__user"):
        if author.staff:
            author.staff.user.email = f"rieng-tu-{author.pk}@thu.example"
            author.staff.user.save()
            found += [author.staff.user.email, author.staff.staff_code, author.staff.user.username]
    return found


def test_nothing_else_of_a_person_or_dossier_goes_out(client):
    with_secrets(builders.make_ward(), builders.recognised)
    secrets = secrets_of_people()
    assert len(secrets) > len(LEAKS) + 4
    for address in EVERYTHING:
        answer = client.get(address)
        text = body(answer).decode()
        assert answer.status_code == 200, address
        assert [secret for secret in secrets if secret in text and secret != "birth"] == [], address
        assert "birth_date" not in text, address


def test_the_residence_of_somebody_outside_the_roster_stays_here(client):
    made(1)
    (row,) = client.get(JSON).json()["results"]
    assert row["authors"] == [
        {"name": f"Tác giả {order}", "position": "Trưởng thôn", "unit": ""} for order in (1, 2)
    ]
    assert "Nhà Riêng" not in body(client.get(CSV)).decode()


@pytest.mark.parametrize(
    "build", HIDDEN, ids=[f"{number}-{name}" for number, name in enumerate(HIDDEN_NAMES)]
)
def test_what_is_not_recognised_is_not_there(client, build):
    initiative = with_secrets(builders.make_ward(), build)
    assert client.get(JSON).json()["results"] == []
    assert cells(client.get(CSV)) == []
    for address in EVERYTHING:
        text = body(client.get(address)).decode()
        assert TITLE not in text and initiative.code not in text, address


def test_a_spreadsheet_gets_text_and_never_a_formula(client):
    hostile = [
        '=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", 'Có "nháy", phẩy', "Hai\nhàng",
        unicodedata.normalize("NFD", "Đổi mới"),
    ]  # fmt: skip
    for number, title in enumerate(hostile):
        one_made(f"SK-2026-HD{number:02d}", title)
    raw = body(client.get(CSV))
    assert raw.startswith(b"\xef\xbb\xbfcode,title,") and raw.count(b"\xef\xbb\xbf") == 1
    lines = cells(client.get(CSV))
    assert [line["title"] for line in lines][::-1] == [
        '\'=HYPERLINK("http://x")', "'+1", "'-1+2", "'@SUM(A1)", "'\t=1", "'\r=1",
        'Có "nháy", phẩy', "Hai\nhàng", "Đổi mới",
    ]  # fmt: skip
    assert {line["year"] for line in lines} == {""} and {line["is_sample"] for line in lines} == {"false"}
    titles = [row["title"] for row in client.get(JSON).json()["results"]][::-1]
    assert titles == [*hostile[:-1], "Đổi mới"]


def test_numbers_stay_numbers():
    assert cell([{"a": "Giải Nhất", "b": 2, "names": ["An", "Bình"]}, {"a": "", "b": None}]) == (
        "Giải Nhất – 2 – An; Bình; "
    )
    assert [cell(value) for value in (-3, 93.1, 0, True, None, "-3", "\n=1")] == [
        -3, 93.1, 0, "true", "", "'-3", "'\n=1",
    ]  # fmt: skip


def test_pages_lead_to_one_another_and_hold_every_row_once(client):
    made(5)
    site, seen, page = "http://127.0.0.1:8000", [], f"{JSON}?page=1&page_size=2"
    while page:
        found = client.get(page.removeprefix(site)).json()
        assert (found["count"], found["pages"], found["page_size"]) == (5, 3, 2)
        seen.append([row["code"][-1] for row in found["results"]])
        page = found["next"]
    assert seen == [["5", "4"], ["3", "2"], ["1"]]
    assert found["previous"] == f"{site}{JSON}?page=2&page_size=2"


@pytest.mark.parametrize("address", [JSON, CSV, "/du-lieu-mo/"])
def test_the_same_number_of_queries_for_one_and_for_thirty(client, address):
    made(1)
    body(client.get(address))
    with CaptureQueriesContext(connection) as one:
        body(client.get(address))
    Author.objects.all().delete()
    Initiative.objects.filter(code="SK-2026-HD01").update(code="SK-2025-HD01")
    made(30)
    with CaptureQueriesContext(connection) as thirty:
        body(client.get(address))
    assert len(thirty) == len(one)


BAD = [
    ("?page=0", 400), ("?page=-1", 400), ("?page=abc", 400), ("?page=", 400), ("?page=1.5", 400),
    ("?page=99999", 404), ("?page=" + "9" * 101, 400),
    ("?page=1%27%20OR%201=1--", 400), ("?page=%00", 400), ("?page=²", 400),
    ("?page=" + "9" * 5000, 400), ("?page_size=0", 400), ("?page_size=501", 400), ("?page_size=-5", 400),
    ("?page_size=1;DROP%20TABLE%20ideas_initiative", 400), ("?page_size=%D9%A3", 400),
]  # fmt: skip


@pytest.mark.parametrize(("query", "status"), BAD, ids=[query[:30] for query, _status in BAD])
def test_a_senseless_query_hears_what_is_allowed(client, query, status):
    made(1)
    answer = client.get(JSON + query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    found = answer.json()
    name = "page_size" if "page_size" in query else "page"
    ranges = {"page": "is a whole number, 1 or more.", "page_size": "is a whole number from 1 to 500."}
    said = f"“{name}” {ranges[name]}" if status == 400 else "There is no page 99999: the last one is 1."
    assert (found["type"], found["status"], found["detail_en"]) == ("about:blank", status, said)
    assert found["detail"] != found["detail_en"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert Initiative.objects.count() == 1


def test_other_names_in_a_query_change_nothing(client):
    made(1)
    assert client.get(f"{JSON}?q=' OR 1=1--&format=xml&state=draft").json() == client.get(JSON).json()


@pytest.mark.parametrize("address", ["/du-lieu-mo/v1/nguoi-dung/", "/du-lieu-mo/v1/nguoi-dung.csv"])
def test_an_unknown_data_set_is_a_problem_in_json(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["detail_en"] == "There is no such data set."


@pytest.mark.parametrize("address", EVERYTHING[:-1])
def test_it_is_read_and_never_written(client, address):
    whole = client.get(address)
    assert body(whole)
    head = client.head(address)
    assert (head.status_code, body(head)) == (200, b"")
    head.close()
    assert head.headers["ETag"] == whole.headers["ETag"]
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(address, data="x", content_type="text/plain")
        assert (answer.status_code, answer.json()["status"]) == (405, 405)
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    asked = client.options(address)
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", [JSON, CSV])
def test_what_has_not_changed_is_not_sent_again(client, address):
    made(1)
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    tag = first.headers["ETag"]
    assert body(first)
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, body(again), again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    Initiative.objects.update(title="Tên đã đính chính")
    changed = client.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200 and changed.headers["ETag"] != tag
    assert "Tên đã đính chính" in body(changed).decode()


@pytest.mark.parametrize("address", EVERYTHING[:-1])
def test_the_same_bytes_for_everybody(client, address):
    ward = builders.make_ward()
    builders.recognised(ward)
    plain = client.get(address)
    client.cookies["ngon_ngu"] = "en"
    client.force_login(ward.users["lanhdao"])
    User.objects.update(must_change_password=True, is_sample=False)
    with CaptureQueriesContext(connection) as asked:
        known = client.get(address, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (known.status_code, body(known)) == (200, body(plain))
    assert [
        query["sql"] for query in asked if "session" in query["sql"] or "people_user" in query["sql"]
    ] == []
    for answer in (plain, known):
        assert (answer.headers.get("Vary"), answer.headers["Content-Language"]) == (None, "vi")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers and not answer.cookies


def test_only_the_data_may_be_asked_for_from_other_sites(client):
    for address in ("/du-lieu-mo/", "/du-lieu-mo/cho-lap-trinh/", "/sang-kien/"):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers


def test_one_address_asks_sixty_times_a_minute(client):
    for _ in range(60):
        assert client.get(JSON, REMOTE_ADDR="10.1.1.1").status_code == 200
    refused = client.get(COVERAGE_CSV, REMOTE_ADDR="10.1.1.1")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["detail_en"] == "Too many requests from one address. Wait a minute and try again."
    assert client.get(JSON, REMOTE_ADDR="10.1.1.2").status_code == 200
    assert client.get("/du-lieu-mo/", REMOTE_ADDR="10.1.1.1").status_code == 200
    cache.clear()  # as after a minute
    assert client.get(JSON, REMOTE_ADDR="10.1.1.1").status_code == 200


def officials(count, trained):
    today = timezone.localdate()
    lesson = training.session(training.course(years=(today.year,)), on=today.replace(month=1, day=1))
    people = [training.person(in_unit=training.unit("VHXH"), full_name=f"Phạm Kín {n}") for n in range(count)]
    for person in people[:trained]:
        training.attended(person, lesson)


def test_the_coverage_goes_out_as_totals_of_the_ward(client):
    officials(5, trained=3)
    today = timezone.localdate()
    rows = [row for row in client.get(COVERAGE).json()["results"] if row["year"] == today.year]
    assert rows == [
        {
            "year": today.year, "requirement": "digital-skills", "name": "Kỹ năng số, chuyển đổi số",
            "as_of": today.isoformat(), "trained": 3, "missing": 2, "exempt": 0, "not_due": 0,
            "population": 5, "percent": 60.0, "is_final": False,
        }
    ]  # fmt: skip
    lines = [line for line in cells(client.get(COVERAGE_CSV)) if line["year"] == str(today.year)]
    assert [(line["trained"], line["percent"], line["name"]) for line in lines] == [
        ("3", "60.0", "Kỹ năng số, chuyển đổi số")
    ]
    for address in (COVERAGE, COVERAGE_CSV):
        text = body(client.get(address)).decode()
        assert "Phạm Kín" not in text and "VHXH" not in text


def test_totals_of_fewer_than_five_people_are_left_out(client):
    officials(4, trained=4)
    assert client.get(COVERAGE).json()["results"] == []
    assert cells(client.get(COVERAGE_CSV)) == []


def test_the_page_says_what_there_is_and_where(client):
    builders.recognised(builders.make_ward())
    client.cookies["ngon_ngu"] = "en"
    answer = client.get("/du-lieu-mo/")
    text = answer.content.decode()
    assert_sound(text)
    for words in (
        "Recognised initiatives", "Training coverage of the ward",
        "Number of the decision that recognises it", "Free to use when the source is named",
        *(f'href="{address}"' for address in (JSON, CSV, COVERAGE, COVERAGE_CSV)),
        'href="/du-lieu-mo/cho-lap-trinh/"',
    ):  # fmt: skip
        assert words in text, words
    described = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert described["@type"] == "DataCatalog"
    assert described["dataset"][0]["variableMeasured"] == COLUMNS
    assert [one["contentUrl"] for one in described["dataset"][0]["distribution"]] == [
        f"http://127.0.0.1:8000{JSON}", f"http://127.0.0.1:8000{CSV}",
    ]  # fmt: skip
    assert "/du-lieu-mo/" in client.get("/sang-kien/").content.decode().split("<footer")[1]


def test_both_pages_are_kept_for_everybody_and_drawn_whole(client):
    assert "X-Public" in client.get("/du-lieu-mo/").headers
    guide = client.get("/du-lieu-mo/cho-lap-trinh/")
    assert "X-Public" in guide.headers
    assert_sound(guide.content)
    text = guide.content.decode()
    for one in all_datasets():
        assert f"GET http://127.0.0.1:8000{one.json_url}" in text
        assert f"GET http://127.0.0.1:8000{one.csv_url}" in text


def test_a_slug_belongs_to_one_data_set_and_fits_an_address():
    known = all_datasets()[0]
    register_dataset(known)  # again is nothing
    values = {
        name: getattr(known, name)
        for name in ("title", "text", "frequency", "serializer", "rows", "records", "last_change")
    }
    with pytest.raises(ValueError, match="Two data sets"):
        register_dataset(Dataset(known.slug, **values | {"title": "x"}))
    with pytest.raises(ValueError, match="is no slug"):
        register_dataset(Dataset("Có dấu", **values))
    slugs = ["sang-kien", "do-phu-dao-tao", "cuoc-thi", "chi-tieu", "nhiem-vu"]
    assert [one.slug for one in all_datasets()] == slugs
