"""A commendation entered, found in the yearly extract of its person, on paper and in the unit's workbook."""

import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from people.models import Unit
from tests.ideas import builders
from tests.papers.document_builders import holds_in_order, pdf_text

from .conftest import PHONE, SHOTS
from .test_papers import loaded

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def person():
    builders.make_ward()
    builders.make_user("nhansu", "Hà Thị Nhân", "personnel_officer")
    return builders.make_user("canbo", "Lý Văn Thường").staff


def seen(window, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    window.page.screenshot(path=SHOTS / f"extract-{name}.png", full_page=True)


def test_from_the_decision_to_the_extract(person, windows):
    today = timezone.localdate()
    officer = windows("nhansu", language="vi").sign_in("nhansu", builders.PASSWORD)
    page = officer.go(f"/nhan-su/can-bo/{person.pk}/khen-thuong/")
    officer.axe_clean()
    page.locator("[name=year]").fill(str(today.year))
    page.locator("[name=kind][value=title]").check()
    page.locator("[name=title]").fill("Chiến sĩ thi đua cơ sở")
    page.locator("[name=decision_number]").fill("45/QĐ-UBND")
    page.locator("[name=decided_on]").fill(f"{today:%d/%m/%Y}")
    page.locator("[name=issued_by]").fill("Chủ tịch UBND phường Hưng Đạo")
    officer.press("main form button.btn-primary")
    officer.axe_clean()
    seen(officer, "person")
    officer.press(f"a[href$='/{person.staff_code}/trich-yeu/']")
    officer.axe_clean()
    seen(officer, "page")
    name, content = loaded(officer, "a[href*='trich-luc.pdf']")
    assert name == f"trich-luc-{today.year}.pdf"
    lines = ["TRÍCH LỤC", f"Kết quả năm {today.year}", "I. KHEN THƯỞNG (1)", "Chiến sĩ thi đua cơ sở"]
    assert holds_in_order(pdf_text(content), lines) is None
    unit = Unit.objects.get(pk=person.assignments.get().unit_id)
    officer.go(f"/dao-tao/ho-so/trich-luc-don-vi/?don-vi={unit.code}")
    officer.axe_clean()
    _name, content = loaded(officer, "a[href*='trich-luc-don-vi.xlsx']")
    rows = load_workbook(io.BytesIO(content))["Khen thưởng"].iter_rows(min_row=2, values_only=True)
    assert [row[:2] for row in rows if row[3] != "Không có"] == [(person.staff_code, person.full_name)]

    own = windows("canbo", size=PHONE).sign_in("canbo", builders.PASSWORD)
    own.go(f"/dao-tao/ho-so/{person.staff_code}/trich-yeu/")
    own.axe_clean()
    own.fits()
