"""A freeze of last year: what blocks it, taking it, what was found later, and the version that says so."""

import io
from datetime import date

import openpyxl
import pytest
from django.utils import timezone

from people.roles import Role
from tests.people.builders import workbook as roster
from tests.training import builders as b
from tests.training.session_builders import PDF
from training.models import CoverageSnapshot

from .training_ward import BOARD, PASSWORD, make_ward

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEAR = timezone.localdate().year - 1  # its end has come, whenever the tests run
FREEZES = f"/dao-tao/chot/?nam={YEAR}"
REASON = "Giấy chứng nhận nộp sau ngày chốt."


@pytest.fixture
def ward():
    """Lan was trained last year; Hoà and the training officer were not; Sơn has no unit."""
    ward = make_ward(YEAR)
    lan = b.person("HD-0001", full_name="Vũ Thị Lan", in_unit=ward.culture)
    ward.official("hoa", "Trần Thị Hoà", ward.culture, code="HD-0002")
    b.person("HD-0005", full_name="Hoàng Văn Sơn")
    ward.official("nhansu", "Cao Thị Nhân", ward.office, Role.PERSONNEL_OFFICER, code="HD-0901")
    b.attended(lan, b.session(ward.course, date(YEAR, 3, 10), code="KNS-01", organiser=ward.officer))
    return ward


def open_the_freeze(officer, words):
    """The page of last year's final freeze, from the board."""
    officer.go(BOARD)
    officer.press("#thao-tac a:has-text('Freezes')")
    officer.page.locator("[name=nam]").select_option(str(YEAR))
    officer.press("main form button:has-text('Show')")
    officer.press(f"section:has(h2:has-text('End of the year')) a:has-text('{words}')")
    return officer.page


def give_a_unit(personnel):
    """The personnel officer brings in a roster with the missing assignment."""
    rows = {"Phân công": [["HD-0005", "VP", "Chuyên viên", date(2020, 1, 1), None, "Có"]]}
    page = personnel.go("/nhan-su/")
    personnel.press("a:has-text('Bring in a workbook')")
    file = {"name": "phan-cong.xlsx", "mimeType": XLSX, "buffer": roster(rows).read()}
    page.locator("[name=file]").set_input_files(file)
    personnel.press("main form button.btn-primary")
    personnel.press("main form button.btn-primary:has-text('Write')")


def hand_in_a_course(person):
    """Found in the new year, of a course that ended in December."""
    page = person.go("/dao-tao/tin-chi-ngoai/")
    person.press("main a:has-text('Declare a course taken elsewhere')")
    values = {
        "title": "Kỹ năng số cho công chức",
        "issuer": "Học viện Hành chính",
        "completed_on": f"05/12/{YEAR}",
        "minutes": "180",
        "certificate_number": "GCN-118",
    }
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=requirement]").select_option(label="Kỹ năng số, chuyển đổi số")
    page.locator("[name=file]").set_input_files(
        {"name": "gcn-118.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    person.press("main form button.btn-primary")
    assert "Handed in. It counts once somebody else has verified it." in page.inner_text("body")


def verify_it(officer):
    officer.go("/dao-tao/tin-chi-ngoai/?xem=cho")
    officer.press("main table a")
    officer.press("main a:has-text('Verify')")
    officer.press("main form button.btn-primary")
    assert "Verified. It counts now." in officer.page.inner_text("body")


def workbook_of(officer):
    """{heading: value} of the first sheet, and the codes of the people, of the Excel file one downloads."""
    with officer.page.expect_download() as downloading:
        officer.page.locator("main a:has-text('Excel')").click()
    book = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()))
    about = dict(book["Freeze"].iter_rows(min_row=2, values_only=True))
    return about, [row[0] for row in book["People"].iter_rows(min_row=2, values_only=True)]


def test_a_freeze_is_blocked_mended_taken_and_amended(ward, windows):
    officer = windows("daotao").sign_in("daotao", PASSWORD)
    page = open_the_freeze(officer, "Check and freeze")
    assert "1 person in scope has no unit on that day." in page.inner_text("main")
    blocked = page.locator("main form button")
    assert (blocked.get_attribute("aria-disabled"), blocked.get_attribute("type")) == ("true", "button")
    assert "1 item of the checklist is open." in page.inner_text("main")
    officer.axe_clean()
    officer.press("a:has-text('Go there')")
    assert "Hoàng Văn Sơn" in page.inner_text("main table")

    give_a_unit(windows("nhansu").sign_in("nhansu", PASSWORD))
    open_the_freeze(officer, "Check and freeze")
    assert "Everybody in scope has a unit on that day." in page.inner_text("main")
    officer.press("main form button.btn-primary")
    first = CoverageSnapshot.objects.get()
    assert "Frozen as version 1." in page.inner_text("body")
    assert first.sha256 in page.inner_text("main")
    assert "recomputed from text and rows: it fits" in page.inner_text("main")
    assert "Nobody's state or unit has changed since the freeze." in page.inner_text("main")
    officer.axe_clean()
    about, people = workbook_of(officer)
    assert (about["SHA-256"], about["Version"], about["In scope"]) == (first.sha256, 1, 5)
    assert people == ["HD-0001", "HD-0002", "HD-0005", "HD-0900", "HD-0901"]

    hand_in_a_course(windows("hoa").sign_in("hoa", PASSWORD))
    verify_it(officer)
    officer.go(f"/dao-tao/chot/{first.pk}/")
    changed = "Changed since the freeze: 1 person."
    assert changed in page.inner_text("main")
    [row] = page.locator("section:has(#khac) tbody tr").all()
    assert "Trần Thị Hoà" in row.inner_text()
    assert f"completed on 05/12/{YEAR}" in row.inner_text()
    officer.axe_clean()

    page = open_the_freeze(officer, "See what changed, amend")
    assert changed in page.inner_text("main")
    officer.press("main form button.btn-primary")  # without a reason
    assert CoverageSnapshot.objects.count() == 1
    officer.axe_clean()
    page.locator("[name=reason]").fill(REASON)
    officer.press("main form button.btn-primary")
    second = CoverageSnapshot.objects.get(version=2)
    assert "Frozen as version 2." in page.inner_text("body")
    assert REASON in page.inner_text("main")
    assert second.sha256 in page.inner_text("main")
    about, _people = workbook_of(officer)
    assert (about["SHA-256"], about["Version"], about["Trained"]) == (second.sha256, 2, 2)
    officer.press("a:has-text('Version 1')")
    assert "A later version holds now." in page.inner_text("main")
    assert first.sha256 in page.inner_text("main")
    assert (first.trained, second.trained) == (1, 2)
