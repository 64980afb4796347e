"""The yearly extract: everything of a year in one place, for one person and for a unit, as PDF and Excel."""

import html
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from people import commendations, extracts
from people.extracts import ExtractPart, ExtractRow
from people.models import Staff
from tests.html import assert_sound
from tests.papers.document_builders import holds_in_order, pdf_text, squeeze
from training.extract import competencies_of, training_of
from training.extracts.drawing import Extract, paper, workbook
from training.models import OutsideCredit, Session

from . import builders
from .claim_people import make_people
from .test_claim_pages import all_but, statuses
from .test_record_pages import OF_CANBO, RECORD, attended

pytestmark = [pytest.mark.django_db, pytest.mark.once]
UNITS = f"{RECORD}trich-luc-don-vi/"
BOOK = f"{RECORD}trich-luc-don-vi.xlsx"


@pytest.fixture
def people():
    return make_people()


@pytest.fixture(autouse=True)
def _sessions_have_pages(monkeypatch):
    monkeypatch.setattr(Session, "get_absolute_url", lambda session: f"/dao-tao/buoi/{session.code}/")


def commended(people, staff, title="Lao động tiên tiến", **changes):
    today = timezone.localdate()
    values = {
        "year": today.year,
        "kind": "title",
        "title": title,
        "decision_number": "45/QĐ-UBND",
        "decided_on": today,
        "issued_by": "Chủ tịch UBND phường Hưng Đạo",
    }
    return commendations.enter(people.nhansu, staff, **(values | changes))


def rows_of(part):
    return [(row.title, row.note, row.state and row.state[1]) for row in part.rows]


# ---- the registry


def test_many_people_are_asked_about_at_once_and_one_by_one_where_need_be(people, monkeypatch):
    asked = []

    def one(staff, year, viewer):
        asked.append(staff.pk)
        return ExtractPart("mot", "Một", "việc", [ExtractRow(staff.full_name)]) if staff.pk == first else None

    def many(found, year, viewer):
        asked.append(len(found))
        return {second: ExtractPart("nhieu", "Nhiều", "việc", [ExtractRow("x")])}

    first, second = people.canbo.staff.pk, people.truong.staff.pk
    monkeypatch.setattr(extracts, "_kinds", [])
    extracts.register_extract("mot", "Một", one)
    extracts.register_extract_of_many("nhieu", "Nhiều", many)
    staff = [people.canbo.staff, people.truong.staff]
    found = extracts.extracts_of(staff, 2026, people.nhansu)
    assert {key: [(part.heading, part.number) for part in parts] for key, parts in found.items()} == {
        first: [("Một", 1), ("Nhiều", 0)],
        second: [("Một", 0), ("Nhiều", 1)],
    }
    assert asked == [first, second, 2]
    assert [part.code for part in extracts.extract_of(people.truong.staff, 2026, people.nhansu)] == ["nhieu"]


def test_training_says_where_the_year_stands_and_what_counts(people):
    today = timezone.localdate()
    attended(people.canbo)
    credit = {"staff": people.canbo.staff, "completed_on": today.replace(day=1, month=1), "minutes": 90}
    credit |= {"submitted_at": timezone.now(), "requirement": builders.requirement()}
    OutsideCredit.objects.create(title="Khóa ngoài", issuer="Bộ X", state="verified", **credit)
    OutsideCredit.objects.create(title="Chưa xác minh", state="submitted", certificate_number="2", **credit)
    part = training_of([people.canbo.staff], today.year, people.nhansu)[people.canbo.staff.pk]
    names = [row.title for row in part.rows]
    assert part.number == 2
    assert names[-2:] == ["Khóa ngoài", "Khóa C-KNS-2026-01"]
    assert part.rows[0].state == ("verified", "Đã đủ")
    assert part.rows[0].note == "270 phút"  # once is enough: "of 1 minute" would be nobody's words
    assert not any("Chưa xác minh" in name for name in names)
    assert training_of([people.canbo.staff], today.year + 1, people.nhansu) == {}


def test_leave_and_exemption_read_alike_in_the_extract_too(people):
    year = timezone.localdate().year
    whole = (date(year, 1, 1), date(year + 1, 1, 1))
    builders.exempt(people.canbo.staff, *whole)
    builders.leave(people.dongnghiep.staff, *whole, kind="Ốm")
    staff = [people.canbo.staff, people.dongnghiep.staff]
    found = training_of(staff, year, people.truong)
    assert found[staff[0].pk].rows[0].state == found[staff[1].pk].rows[0].state


def test_commendations_of_the_year_they_honour_and_none_withdrawn(people):
    staff, year = people.canbo.staff, timezone.localdate().year
    commended(people, staff)
    wrong = commended(people, staff, "Nhầm", decision_number="46/QĐ-UBND")
    commended(people, staff, "Năm trước", year=year - 1)
    commendations.withdraw(people.nhansu, wrong, "Nhập nhầm người.")
    part = commendations.commendations_of([staff], year, people.canbo)[staff.pk]
    assert [(row.title, row.day) for row in part.rows] == [("Lao động tiên tiến", timezone.localdate())]
    assert "45/QĐ-UBND" in part.rows[0].note


# ---- the pages


def test_who_takes_whose_extract(client, people):
    sees = {"canbo": 200, "truong": 200, "daotao": 200, "daotao2": 200, "nhansu": 200, "nhansu2": 200}
    for face in ("pdf", "xlsx"):
        assert statuses(client, people, f"{OF_CANBO}trich-luc.{face}") == all_but(404, **sees), face
    assert statuses(client, people, f"{OF_CANBO}trich-luc.docx") == all_but(404)
    heads = {"truong": 200, "truongkhac": 200, "nhansu": 200, "nhansu2": 200}
    for address in (UNITS, BOOK):
        assert statuses(client, people, address) == all_but(403, **heads), address


def test_a_head_takes_their_own_units_and_no_other(client, people):
    client.force_login(people.truong)
    answer = client.get(f"{UNITS}?don-vi=KTHTDT")
    assert answer.context["unit"].code == "VHXH"
    assert [unit.code for unit in answer.context["units"]] == ["VHXH", "VHXH-TO"]
    book = load_workbook(io.BytesIO(client.get(f"{BOOK}?don-vi=KTHTDT").content))
    codes = {row[0] for row in book["Tổng hợp"].iter_rows(min_row=2, values_only=True)}
    assert "HD-canbo" in codes
    assert "HD-truongkhac" not in codes
    client.force_login(people.nhansu)
    book = load_workbook(io.BytesIO(client.get(f"{BOOK}?don-vi=KTHTDT").content))
    codes = {row[0] for row in book["Tổng hợp"].iter_rows(min_row=2, values_only=True)}
    assert ("HD-truongkhac" in codes, "HD-canbo" in codes) == (True, False)


def test_the_page_and_the_paper_say_the_same_without_a_birth_date(client, people):
    staff = people.canbo.staff
    Staff.objects.filter(pk=staff.pk).update(birth_date=date(1979, 3, 17))
    attended(people.canbo)
    commended(people, staff)
    client.force_login(people.canbo)
    page = client.get(f"{OF_CANBO}trich-yeu/")
    assert_sound(page.content)
    text = page.content.decode()
    assert text.count("Khóa C-KNS-2026-01") == 1
    answer = client.get(f"{OF_CANBO}trich-luc.pdf?nam={timezone.localdate().year}")
    assert answer["Content-Type"] == "application/pdf"
    shown = pdf_text(answer.content)
    lines = [
        "TRÍCH LỤC",
        f"Kết quả năm {timezone.localdate().year}",
        f"Họ và tên: {page.context['staff'].full_name}",
        f"Mã cán bộ: {staff.staff_code}",
        "I. KHEN THƯỞNG (1)",
        "Lao động tiên tiến",
        "Khóa C-KNS-2026-01",
        "Trích lục lấy từ Cổng Đổi mới sáng tạo phường lúc",
    ]
    assert holds_in_order(shown, lines) is None
    assert page.context["shown"].content_code in shown
    for birth in ("17/03/1979", "1979"):
        assert birth not in shown
        assert birth not in text


def test_page_paper_and_workbook_have_one_source(client, people):
    """The same parts in the same order with the same rows, the same signers under one code; "none" where a
    part has nothing, so that nobody takes it for not asked."""
    staff, year = people.canbo.staff, timezone.localdate().year
    attended(people.canbo)
    commended(people, staff)
    client.force_login(people.canbo)
    page = client.get(f"{RECORD}trich-luc/?nam={year}")
    named = client.get(f"{OF_CANBO}trich-yeu/?nam={year}")
    assert page.context["sections"] == named.context["sections"]
    headings = [part.heading for part in page.context["shown"].parts]
    assert headings[0] == "Khen thưởng"
    assert {"Sáng kiến", "Đào tạo", "Năng lực số theo 7 nhóm", "Giải thưởng cuộc thi"} < set(headings)
    lines = []
    for number, title, _heading, rows in page.context["sections"]:
        lines.append(f"{number} {title}")
        lines += [word for row in rows for word in row[1:] if word] if rows else ["Không có."]
    lines += page.context["notes"]
    lines += ["Người được trích lục", "Xác nhận của đơn vị", "(Ký, ghi rõ họ tên)"]
    assert "Không có." in lines
    assert "Mức 2" in lines
    text = " ".join(html.unescape(re.sub("<[^>]+>", " ", page.content.decode())).split()).lower()
    shown = pdf_text(client.get(f"{OF_CANBO}trich-luc.pdf?nam={year}").content)
    for line in lines[:-5]:
        assert line.lower() in text, line
    assert all(line.upper() in text.upper() for line in lines[-3:])
    squeezed = squeeze(shown).upper()
    assert [line for line in lines if squeeze(line).upper() not in squeezed and "lúc" not in line] == []
    book = load_workbook(io.BytesIO(client.get(f"{OF_CANBO}trich-luc.xlsx?nam={year}").content))
    assert book.sheetnames == ["Tổng hợp", *(name[:28] for name in headings), "Ghi chú"]
    for part in page.context["shown"].parts:
        rows = list(book[part.heading[:28]].iter_rows(min_row=2, values_only=True))
        assert [row[3] for row in rows] == ([row.title for row in part.rows] or ["Không có"])
    head, row = book["Tổng hợp"].iter_rows(values_only=True)
    assert [one.split(" (")[0] for one in head[-2:]] == lines[-3:-1]
    assert page.context["shown"].content_code in row


def test_levels_of_a_past_year_are_those_of_its_last_day(people):
    """As many questions for many people as for one; what is shown later counts in later years alone."""
    year = timezone.localdate().year
    attended(people.canbo, "TRUOC", date(year - 1, 5, 4), level=1)
    attended(people.canbo, level=3)

    def levels(year):
        found = competencies_of([people.canbo.staff, people.truong.staff], year, people.nhansu)
        return [found[one.staff.pk].rows[0].state[1] for one in (people.canbo, people.truong)]

    assert levels(year) == ["Mức 3", "Chưa có mức"]
    assert levels(year - 1) == ["Mức 1", "Chưa có mức"]
    assert levels(year - 2) == ["Chưa có mức", "Chưa có mức"]


def test_the_extract_is_found_where_one_looks_for_it(client, people):
    own, of_units = f'href="{RECORD}trich-luc/"', f'href="{UNITS}"'
    for name, heads in (("canbo", False), ("truong", True), ("nhansu", True)):
        client.force_login(people.everybody()[name])
        work = client.get("/viec-cua-toi/").content.decode()
        assert (own in work, of_units in work) == (True, heads), name
        assert own in client.get("/").content.decode()  # the account menu, on every page
        assert own in client.get("/nhan-su/cua-toi/").content.decode()
    client.force_login(people.goc)  # an account without a person
    assert own not in client.get("/viec-cua-toi/").content.decode()
    assert client.get(f"{RECORD}trich-luc/").status_code == 403


def test_the_code_changes_with_the_content_and_not_with_the_hour():
    part = ExtractPart("a", "A", "a", [ExtractRow("Một", day=date(2026, 1, 2))])
    other = ExtractPart("a", "A", "a", [ExtractRow("Hai", day=date(2026, 1, 2))])
    day = date(2026, 12, 1)
    one = Extract("HD-1", "An", "VP", "", 2026, day, (part,))
    again = Extract("HD-1", "An", "VP", "", 2026, day, (part,))
    assert one.content_code == again.content_code
    assert one.content_code != Extract("HD-1", "An", "VP", "", 2026, day, (other,)).content_code
    assert one.content_code in paper(one).running


def test_excel_has_a_sheet_for_each_part_and_names_excel_takes():
    long = "Phần có tên rất dài: gồm cả [dấu] ngoặc và / gạch chéo"
    parts = (
        ExtractPart(
            "a", long, "a", [ExtractRow("Một", "ghi chú", day=date(2026, 1, 2), state=("ok", "đạt"))]
        ),
        ExtractPart("b", long, "b", [ExtractRow("=Hai")]),
    )
    day, none = date(2026, 12, 1), tuple(ExtractPart(part.code, part.heading, "", []) for part in parts)
    people = [
        Extract("HD-1", "An", "VP", "", 2026, day, parts),
        Extract("HD-2", "Bình", "VP", "", 2026, day, none),
    ]
    book = load_workbook(io.BytesIO(workbook(people, title="t")))
    assert len(book.sheetnames) == 4
    summary = list(book["Tổng hợp"].iter_rows(min_row=2, values_only=True))
    assert [row[:3] + row[5:7] for row in summary] == [
        ("HD-1", "An", "VP", 1, 1),
        ("HD-2", "Bình", "VP", 0, 0),
    ]
    first, second = book[book.sheetnames[1]].iter_rows(min_row=2, values_only=True)
    assert second[:4] == ("HD-2", "Bình", "VP", "Không có")
    assert first[:5] == ("HD-1", "An", "VP", "Một", "ghi chú")
    assert first[5].date() == date(2026, 1, 2)
    assert book[book.sheetnames[2]].cell(2, 4).data_type == "s"  # text, whatever it begins with


def test_a_unit_s_workbook_costs_the_same_queries_for_one_person_and_thirty(client, people):
    client.force_login(people.nhansu)
    attended(people.canbo)
    commended(people, people.canbo.staff)
    address = f"{BOOK}?don-vi=VHXH-TO"

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as page:
            assert_sound(client.get(f"{UNITS}?don-vi=VHXH-TO").content)
        return len(captured), len(page)

    few = queries()
    session = Session.objects.get()
    for number in range(30):
        staff = builders.person(f"X-{number}", in_unit=builders.unit("VHXH-TO"))
        builders.attended(staff, session)
        commended(people, staff)
    assert queries() == few
    book = load_workbook(io.BytesIO(client.get(address).content))
    rows = list(book["Khen thưởng"].iter_rows(min_row=2, values_only=True))
    assert len({row[0] for row in rows if row[3] == "Lao động tiên tiến"}) == 31
