"""A workbook of the office from upload to written and back again, through the pages alone."""

from datetime import date

import pytest
from django.utils import timezone

from people.models import Staff
from tests.training import builders as b
from tests.training.session_builders import confirm
from tests.training.workbooks import meaning, workbook
from training.models import Attendance, AttendanceEvent, Enrolment, ImportBatch

from .training_ward import PASSWORD, figures_on_the_board, make_ward

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEAR = timezone.localdate().year - 1
LAST = date(YEAR, 12, 31)
NAMESAKE = "Lê Thị An"


@pytest.fixture
def ward():
    """A confirmed session of last year: Cúc was marked absent, Dũng present; the two An nothing yet."""
    ward = make_ward(YEAR)
    b.person("HD-0001", full_name=NAMESAKE, in_unit=ward.culture)
    b.person("HD-0002", full_name=NAMESAKE, in_unit=ward.office)
    cuc = b.person("HD-0003", full_name="Phạm Thị Cúc", in_unit=ward.culture)
    dung = b.person("HD-0004", full_name="Ngô Văn Dũng", in_unit=ward.office)
    b.person("HD-0005", full_name="Hoàng Văn Sơn", in_unit=ward.office)
    done = b.session(ward.course, date(YEAR, 3, 10), code="KNS-01", state="held", organiser=ward.officer)
    b.attended(cuc, done, "absent")
    b.attended(dung, done)
    confirm(done, ward.officer)
    return ward


def sent(rows, name="diem-danh-thang-3.xlsx"):
    return {"name": name, "mimeType": XLSX, "buffer": workbook({"Điểm danh": rows}).read()}


SHEET = [
    ["KNS-01", "HD-0005", "Hoàng Văn Sơn", "có mặt", None],  # 2: new
    ["KNS-01", "HD-0003", "Phạm Thị Cúc", "muộn", None],  # 3: changed
    ["KNS-01", "HD-0004", "Ngô Văn Dũng", "có mặt", 180],  # 4: the same
    ["KNS-01", "", NAMESAKE, "có mặt", None],  # 5, 6: whom of the two?
    ["KNS-01", "", NAMESAKE, "vắng", None],
    ["KNS-01", "HD-0091", "Không Có Ai", "có mặt", None],  # 7: on no roster
    ["KNS-01", "HD-0900", "Trần Thị Đào", "có mặt", 240],  # 8: longer than the session
]


def stored():
    """Every row an import may touch, and what follows from it."""
    return {
        "training": meaning(),
        "attendance": sorted(Attendance.objects.values_list("session", "staff", "status", "minutes")),
        "seats": sorted(Enrolment.objects.values_list("session", "staff", "state")),
        "staff": sorted(Staff.objects.values_list("staff_code", "full_name")),
    }


def bring_in(officer, file):
    """From the page of imports to the preview of `file`."""
    page = officer.go("/dao-tao/nhap/")
    page.locator("[name=file]").set_input_files(file)
    officer.press("main form button.btn-primary")
    return page


def found(page):
    """{verdict: how many rows} as the page counts them."""
    items = page.locator("ul.counts li").all()
    counts = [(int(item.locator("b").inner_text()), item.inner_text()) for item in items]
    return {words.removeprefix(str(number)).strip(): number for number, words in counts}


def choose(page, number, words):
    page.locator("tr", has_text=f"row {number}").get_by_label(words).check()


def whole_ward(window):
    return figures_on_the_board(window, LAST)["The whole ward"]


def test_a_workbook_with_unclear_rows_is_written_by_choice_and_taken_back(ward, windows):
    officer = windows("daotao").sign_in("daotao", PASSWORD)
    before, events = stored(), AttendanceEvent.objects.count()
    assert whole_ward(officer) == (1, 0, 0, 5, 6)

    page = bring_in(officer, sent(SHEET))
    assert "File “diem-danh-thang-3.xlsx”, 7 rows. Nothing is written yet." in page.inner_text("main")
    assert found(page) == {
        "new rows": 1,
        "changes": 1,
        "the same, not written": 1,
        "unclear": 2,
        "not found": 1,
        "wrong": 1,
    }
    officer.axe_clean()
    assert "Cannot be written yet: 2 rows are unclear." in page.inner_text("main")
    assert page.locator("button[aria-disabled=true]").count() == 1
    for number, unit in ((5, "Phòng Văn hóa - Xã hội"), (6, "Văn phòng HĐND và UBND")):
        assert not page.locator("tr", has_text=f"row {number}").locator("input:checked").count()
        choose(page, number, unit)
    officer.press("button:has-text('Keep the choices of this page')")
    assert "The choices are kept. Nothing is written yet." in page.inner_text("body")
    assert stored() == before

    officer.press("a.chip:has-text('Changed 1')")
    assert "Trạng thái: vắng → muộn" in page.inner_text("main table")
    page.locator("[name=leave_errors]").check()
    officer.press("button:has-text('Write 4 rows')")
    assert "3 new, 1 changed, 1 the same." in page.inner_text("main")
    assert "2 rows were left out." in page.inner_text("main")
    officer.axe_clean()
    assert sorted(Attendance.objects.values_list("staff__staff_code", "status", "minutes")) == [
        ("HD-0001", "present", 180),
        ("HD-0002", "absent", 0),
        ("HD-0003", "late", 180),
        ("HD-0004", "present", 180),
        ("HD-0005", "present", 180),
    ]
    assert figures_on_the_board(officer, LAST) == {
        "Phường Hưng Đạo": (4, 0, 0, 2, 6),
        "Phòng Văn hóa - Xã hội": (2, 0, 0, 0, 2),
        "Văn phòng HĐND và UBND": (2, 0, 0, 2, 4),
        "The whole ward": (4, 0, 0, 2, 6),
    }

    officer.go("/dao-tao/nhap/")
    officer.press("main table a")
    officer.press("a:has-text('Take this import back')")
    officer.press("main form button.btn-danger")
    assert "Taken back at" in page.inner_text("main")
    officer.axe_clean()
    assert stored() == before
    assert whole_ward(officer) == (1, 0, 0, 5, 6)
    # what was done and undone stays in the record of marks, and in the list of imports
    assert AttendanceEvent.objects.count() == events + 8
    assert "Taken back on" in officer.go("/dao-tao/nhap/").inner_text("main table")


@pytest.mark.once
def test_without_script_a_workbook_is_written_and_taken_back(ward, windows):
    officer = windows("daotao", java_script_enabled=False).sign_in("daotao", PASSWORD)
    before = stored()
    page = bring_in(officer, sent([SHEET[1], SHEET[3]]))
    choose(page, 3, "Văn phòng HĐND và UBND")
    officer.press("button:has-text('Keep the choices of this page')")
    officer.press("button:has-text('Write 2 rows')")
    assert "1 new, 1 changed, 0 the same." in page.inner_text("main")
    assert whole_ward(officer) == (3, 0, 0, 3, 6)
    officer.go(f"/dao-tao/nhap/{ImportBatch.objects.get().pk}/")
    officer.press("a:has-text('Take this import back')")
    officer.press("main form button.btn-danger")
    assert stored() == before
