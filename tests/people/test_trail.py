"""The pages of the audit trail: what readers find, who reads, what is taken along."""

import csv
import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from openpyxl import load_workbook

from people.roles import Role
from people.trail import finding
from tests.html import assert_sound
from tests.trust.test_audit_chain import aged
from trust import audit
from trust.models import AuditEvent

from .builders import PASSWORD, account, administrator, staff

pytestmark = pytest.mark.django_db
PAGE = "/nhat-ky/"


@pytest.fixture
def reader(client):
    user = administrator()
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return user


def rows(client, **asked):
    """The events on a page, newest first, without those of reading it."""
    answer = client.get(PAGE, asked)
    assert answer.status_code == 200
    return [
        line["event"] for line in answer.context["lines"] if not line["event"].action.startswith("audit.")
    ]


def happened(action="file.read", **kwargs):
    return audit.record(action, **kwargs)


# ---- who reads


def test_the_administrator_and_the_data_protection_officer_read_others_do_not(client):
    for role, status in (
        (Role.ADMINISTRATOR, 200),
        (Role.DATA_PROTECTION_OFFICER, 200),
        (Role.PERSONNEL_OFFICER, 403),
        (Role.HEAD, 403),
    ):
        client.force_login(account(f"nguoi-{role}", role))
        assert (client.get(PAGE).status_code, client.get(f"{PAGE}xuat.csv").status_code) == (status, status)


def test_reading_is_an_event_that_says_by_what_was_searched_and_not_for_whom(client, reader):
    account("nguyenvana")
    client.get(PAGE, {"nguoi": "nguyenvana", "loai": "access"})
    event = AuditEvent.objects.filter(action="audit.read").get()
    assert (event.kind, event.actor_key) == ("access", reader.pk)
    assert event.facts == {"count": 0, "filters": ["loai", "nguoi"]}


# ---- what is found


def test_each_filter_finds_its_events_and_no_others(client, reader):
    an, binh = account("an"), account("binh")
    read = happened(actor=an, target=an)
    refused = happened("access.refused", actor=binh, outcome="refused")
    given = happened("data.exported", actor=an)
    assert rows(client, nguoi="an") == [given, read]
    assert rows(client, nguoi="BINH", loai="security") == [refused]
    assert rows(client, viec="file.read") == [read]
    assert rows(client, ma="an") == [read]
    assert rows(client, doi_tuong=f"people.user:{an.pk}") == [read]
    assert rows(client, nguoi="an", viec="access.refused") == []


def test_a_person_is_found_by_staff_code_and_by_name_without_marks(client, reader):
    an = account("tk-an")
    staff("HD-0042", "Nguyễn Thị Hòa", user=an)
    event = happened(actor=an)
    for typed in ("hd-0042", "nguyen hoa", "Hoà"):
        assert rows(client, nguoi=typed) == [event]


def test_where_several_people_fit_the_reader_picks_one(client, reader):
    for number in (1, 2):
        user = account(f"tk{number}")
        staff(f"HD-010{number}", "Nguyễn Văn An", user=user)
        happened(actor=user)
    answer = client.get(PAGE, {"nguoi": "nguyễn văn an", "loai": "access"})
    assert [person.username for person, _query in answer.context["people"]] == ["tk1", "tk2"]
    assert answer.context["lines"] == []
    query = answer.context["people"][1][1]
    (line,) = client.get(f"{PAGE}?{query}").context["lines"]
    assert line["event"].account == "tk2"


def test_an_account_that_is_gone_is_found_by_its_name(client, reader):
    user = account("da-xoa")
    event = happened(actor=user)
    user.delete()
    assert rows(client, nguoi="da-xoa") == [event]


def test_days_are_whole_days_of_the_ward(client, reader):
    late = happened(actor=reader, count=1)
    next_day = happened(actor=reader, count=2)
    aged(late, datetime.fromisoformat("2026-11-29T23:59:59.999999+07:00"))
    aged(next_day, datetime.fromisoformat("2026-11-30T00:00:00+07:00"))
    assert rows(client, tu_ngay="29/11/2026", den_ngay="29/11/2026") == [late]
    assert rows(client, viec="file.read", tu_ngay="30/11/2026") == [next_day]


def test_a_day_that_is_none_is_named_and_nothing_typed_is_lost(client, reader):
    answer = client.get(PAGE, {"nguoi": "an", "tu_ngay": "31/02/2026"})
    assert list(answer.context["form"].errors) == ["tu_ngay"]
    assert 'value="31/02/2026"' in answer.content.decode()
    backwards = client.get(PAGE, {"tu_ngay": "02/02/2026", "den_ngay": "01/02/2026"})
    assert list(backwards.context["form"].errors) == ["den_ngay"]


def test_an_object_nobody_knows_finds_nothing(client, reader):
    happened(actor=reader)
    assert rows(client, ma="SK-2026-HD999") == []
    assert rows(client, doi_tuong="nonsense") == []


def test_a_line_says_who_what_and_from_where_in_vietnamese(client, reader):
    an = account("an")
    staff("HD-0042", "Nguyễn Thị Hòa", user=an)
    happened("access.refused", actor=an, outcome="refused", keys=[7])
    client.cookies["ngon_ngu"] = "vi"
    with translation.override("vi"):
        page = client.get(PAGE, {"nguoi": "an"}).content.decode()
    assert_sound(page)
    for words in ("Nhật ký hệ thống", "Nguyễn Thị Hòa", "Bị từ chối mở trang", "An ninh"):
        assert words in page


def test_an_action_whose_app_is_gone_is_shown_by_its_code(client, reader):
    audit.register_action("trust.gone_soon", "access", "x")
    happened("trust.gone_soon", actor=reader)
    del audit.actions.__globals__["_actions"]["trust.gone_soon"]
    (line,) = client.get(PAGE, {"nguoi": reader.username, "loai": "access", "tu_ngay": ""}).context["lines"][
        :1
    ]
    assert line["what"] == "Trust.gone_soon"


# ---- page by page


def test_older_pages_go_on_where_the_last_one_ended_while_new_events_come(client, reader):
    made = [happened(actor=reader, count=number) for number in range(120)]
    seen, query = [], f"{PAGE}?viec=file.read"
    while query:
        answer = client.get(query)
        seen += [line["event"].facts["count"] for line in answer.context["lines"]]
        happened(actor=reader, count=999)
        older = answer.context["older"]
        query = older and f"{PAGE}?viec=file.read&truoc={older.replace('+', '%2B')}"
    assert seen == list(reversed(range(len(made))))


def test_events_of_one_moment_are_neither_lost_nor_shown_twice(client, reader):
    moment = timezone.now() - timedelta(days=1)
    for number in range(60):
        aged(happened(actor=reader, count=number), moment)
    first = client.get(PAGE, {"viec": "file.read"})
    second = client.get(PAGE, {"viec": "file.read", "truoc": first.context["older"]})
    counts = [line["event"].facts["count"] for answer in (first, second) for line in answer.context["lines"]]
    assert counts == list(reversed(range(60)))


@pytest.mark.parametrize("mark", ["x", "_", "2026-01-01_5", "2026-01-01T00:00:00+07:00_-1", "9" * 400])
def test_a_mark_that_is_none_begins_with_the_newest(client, reader, mark):
    event = happened(actor=reader)
    assert rows(client, viec="file.read", truoc=mark) == [event]


def test_a_page_costs_the_same_with_1_and_with_50_lines(client, reader):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            client.get(PAGE, {"viec": "file.read"})
        return len(caught)

    user = account("an")
    happened(actor=user, target=user)
    client.get(PAGE)
    one = cost()
    for number in range(60):
        other = account(f"nguoi{number}")
        staff(f"HD-2{number:03}", "Trần Thị Lan", user=other)
        happened(actor=other, target=other)
    assert cost() == one


# ---- taken along


def test_the_file_holds_what_the_search_found_and_taking_it_is_an_event(client, reader):
    an = account("an")
    happened(actor=an, target=an)
    happened("access.refused", actor=reader, outcome="refused")
    answer = client.get(f"{PAGE}xuat.csv", {"viec": "file.read"})
    assert answer["Content-Disposition"].startswith('attachment; filename="nhat-ky-')
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert len(lines) == 1
    row = dict(zip(head, lines[0], strict=True))
    assert (row["Account"], row["Code"]) == ("an", "an")
    (event,) = AuditEvent.objects.filter(action="audit.exported")
    assert event.facts == {"count": 1, "filters": ["viec"]}
    assert not AuditEvent.objects.filter(action="data.exported").exists()


def test_the_workbook_opens_and_runs_no_formula(client, reader):
    bad = account('=HYPERLINK("http://x")')
    happened(actor=bad)
    book = load_workbook(
        io.BytesIO(client.get(f"{PAGE}xuat.xlsx", {"viec": "file.read"}).content), data_only=False
    )
    (cell,) = [
        cell for row in book.active.iter_rows(min_row=2) for cell in row if "HYPER" in str(cell.value)
    ][:1]
    assert cell.data_type == "s"
    text = client.get(f"{PAGE}xuat.csv", {"viec": "file.read"}).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text


def test_too_many_for_one_file_is_said_and_nothing_is_taken(client, reader, monkeypatch):
    monkeypatch.setattr("people.trail.views.MOST_IN_A_FILE", 2)
    for _n in range(3):
        happened(actor=reader)
    answer = client.get(f"{PAGE}xuat.csv", {"viec": "file.read"})
    assert (answer.status_code, answer.url) == (302, f"{PAGE}?viec=file.read")
    assert not AuditEvent.objects.filter(action="audit.exported").exists()


def test_a_file_of_a_wrong_day_leads_back_to_the_page_that_says_so(client, reader):
    answer = client.get(f"{PAGE}xuat.csv", {"tu_ngay": "x"})
    assert (answer.status_code, answer.url) == (302, f"{PAGE}?tu_ngay=x")


def test_facts_are_in_words(client, reader):
    account("an")
    Client().post("/tai-khoan/login/", {"login": "an", "password": PASSWORD})
    client.cookies["ngon_ngu"] = "vi"
    page = client.get(PAGE).content.decode()
    assert "đã bật bước xác nhận thứ hai: không" in page
    assert "đăng nhập bằng: mật khẩu" in page
    assert "second: " not in page


def test_every_reason_the_code_gives_is_in_words():
    site = Path(finding.__file__).parents[2]
    code = "\n".join(path.read_text() for path in site.rglob("*.py"))
    assert set(re.findall(r'\bwhy="([a-z_]+)"', code)) == set(finding.VALUES["why"])
