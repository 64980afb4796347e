"""A reporter types a figure with its evidence on a phone, by keyboard; a coordinator confirms and decides."""

import pytest
from django.utils import timezone

from plan.models import ReportedValue, TargetUnit, ValueEvidence
from tests.ideas.builders import PASSWORD, PDF
from tests.plan.builders import make_plan_ward

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
BOARD = "/ke-hoach/dieu-hanh/chi-tieu/"
EVIDENCE = {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def ward():
    return make_plan_ward()


def clean(window):
    window.axe_clean()
    window.fits()


def until_focused(page, check, most=120):
    """Tab until the focused element is the one."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const at = document.activeElement; return {check}; }})()"):
            return
    raise AssertionError(f"{page.url}: nothing focused where {check}")


def enter(window, check):
    until_focused(window.page, check)
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")


def test_a_reporter_types_a_figure_with_its_evidence_on_a_phone_by_keyboard(ward, windows):
    today = timezone.localdate()
    window = windows("baocaokt", size=PHONE).sign_in("baocaokt", PASSWORD)
    page = window.go(f"{BOARD}?nhom=B")
    clean(window)
    row = page.locator("tr", has_text="B2.")
    assert "No basis yet" in row.inner_text()
    enter(window, "at.matches('main a[href$=\"/chi-tieu/B2/\"]')")
    clean(window)
    enter(window, f"at.matches('main a[href$=\"/so-lieu/{today.year}/KTHTDT/\"]')")
    clean(window)
    until_focused(page, "at.name === 'numerator'")
    page.keyboard.type("11")
    page.keyboard.press("Tab")
    page.keyboard.type("10")
    enter(window, "at.matches('main form button.btn-primary')")
    assert "11 is more than 10: a share cannot pass 100 %" in page.locator("main [role=alert]").inner_text()
    assert page.locator("[name=denominator]").input_value() == "10"
    clean(window)
    until_focused(page, "at.name === 'numerator'")
    page.keyboard.press("Control+A")
    page.keyboard.type("10")
    page.locator("[name=files]").set_input_files(EVIDENCE)
    enter(window, "at.matches('main form button.btn-primary')")
    assert page.url.endswith("/chi-tieu/B2/")
    text = page.locator("main").inner_text().replace("\xa0", " ")
    assert "Saved: 10 of 10 (100 %)" in text
    assert "bien-ban.pdf" in text
    clean(window)
    page = window.go(f"{BOARD}?nhom=B")
    assert "Reached" in page.locator("tr", has_text="B2.").inner_text()
    clean(window)
    assert ReportedValue.objects.get().definition.target.code == "B2"
    assert ValueEvidence.objects.get().name == "bien-ban.pdf"


def test_two_people_type_at_once_on_a_phone_without_script(ward, windows):
    year = timezone.localdate().year
    path = f"{BOARD}B1/so-lieu/{year}/KTHTDT/"
    first = windows("baocaokt", size=PHONE, java_script_enabled=False).sign_in("baocaokt", PASSWORD)
    second = windows("truongkt", size=PHONE).sign_in("truongkt", PASSWORD)
    first.go(path)
    second.go(path).locator("[name=numerator]").fill("2")
    second.press("main form button.btn-primary")
    first.page.locator("[name=numerator]").fill("3")
    first.page.locator("main form button.btn-primary").click()
    first.page.wait_for_load_state()
    text = first.page.locator("main").inner_text()
    assert "Ngô Thị Kim" in text
    first.page.locator("[name=choice-figure][value=mine]").check()
    first.page.locator("main form .actions button").first.click()
    first.page.wait_for_load_state()
    first.page.locator("[name=reason]").fill("Đếm lại")
    first.page.locator("main form button.btn-primary").click()
    first.page.wait_for_load_state()
    assert [int(row.numerator) for row in ReportedValue.objects.order_by("pk")] == [2, 3]


def test_the_coordinator_confirms_and_decides(ward, windows):
    window = windows("dieuphoi", size=PHONE).sign_in("dieuphoi", PASSWORD)
    page = window.go("/viec-cua-toi/")
    window.press("main a[href*='xac_nhan=cho']")
    clean(window)
    window.press("main form[action$='/B1/don-vi/xac-nhan/'] button")
    assert not TargetUnit.objects.get(target__code="B1").is_suggested
    window.go(f"{BOARD}B1/")
    clean(window)
    for part in ("don-vi", "ky-vong", "cach-tinh"):
        window.go(f"{BOARD}B1/{part}/")
        clean(window)
    window.go(f"{BOARD}B1/ky-vong/")
    page.locator("[name=expected_2026]").fill("1")
    window.press("main form button.btn-primary")
    assert "The expected values were saved." in page.locator("main").inner_text()
    window.go(f"{BOARD}B1/so-lieu/")
    clean(window)
    desk = windows("lanhdao").sign_in("lanhdao", PASSWORD)
    desk.go(BOARD)
    clean(desk)
    desk.go(f"{BOARD}A9/")
    clean(desk)


def test_all_that_is_shown_is_confirmed_on_a_phone_without_script(ward, windows):
    window = windows("dieuphoi", size=PHONE).sign_in("dieuphoi", PASSWORD)
    window.go(f"{BOARD}xac-nhan/?nhom=B&xac_nhan=cho")
    clean(window)
    plain = windows("khong-ma", size=PHONE, java_script_enabled=False).sign_in("dieuphoi", PASSWORD)
    page = plain.go(f"{BOARD}?nhom=B&xac_nhan=cho")
    plain.press("main a[href*='/chi-tieu/xac-nhan/']")
    page.locator("main input[value^='B1:']").uncheck()
    plain.press("main form button.btn-primary")
    proposed = TargetUnit.objects.filter(target__group__code="B", is_suggested=True)
    assert set(proposed.values_list("target__code", flat=True)) == {"B1"}


def test_the_filter_of_the_board_is_one_line_on_a_wide_screen(ward, windows):
    window = windows("dieuphoi", size={"width": 1280, "height": 800}).sign_in("dieuphoi", PASSWORD)
    page = window.go(BOARD)
    ends = [
        page.locator(f"main form.panel {name}").bounding_box()
        for name in ("#loc-nam", "#loc-don-vi", "button")
    ]
    assert {round(box["y"] + box["height"]) for box in ends} == {round(ends[0]["y"] + ends[0]["height"])}
