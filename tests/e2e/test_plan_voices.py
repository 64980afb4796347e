"""Difficulties and the survey in browsers: a resident raises, a unit answers, the coordinator publishes,
everybody reads; a kiosk by keyboard and on a phone, with script and without."""

import re

import pytest

from plan.models import Difficulty, SurveyAnswer
from tests.ideas.builders import PASSWORD
from tests.plan import voices_builders as voices
from tests.plan.builders import make_plan_ward

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def ward():
    return make_plan_ward()


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main [name='{name}']").fill(value)


def clean(window):
    window.axe_clean()
    window.fits()


@pytest.mark.parametrize("script", [True, False])
def test_a_resident_raises_a_unit_answers_the_coordinator_publishes_everybody_reads(ward, windows, script):
    resident = windows("resident", size=PHONE, java_script_enabled=script)
    look = clean if script else (lambda window: None)
    page = resident.go("/ke-hoach/vuong-mac/gui/")
    look(resident)
    fill(page, text=voices.TEXT, proposal=voices.PROPOSAL, phone="khong biet")
    page.wait_for_timeout(4500)  # as long as somebody needs to read it over
    resident.press("main form[method=post] button.btn-primary")
    assert page.locator("main [role=alert]").is_visible()
    assert page.locator("[name=text]").input_value() == voices.TEXT
    look(resident)
    fill(page, phone="")
    resident.press("main form[method=post] button.btn-primary")
    code = page.locator("#ma-theo-doi").inner_text()
    assert re.fullmatch(r"VM(-[2-9A-Z]{4}){4}", code)
    look(resident)
    row = Difficulty.objects.get()
    if script:
        handle(windows, row)
    else:
        voices.published(ward, row)
    page = resident.go("/ke-hoach/vuong-mac/theo-doi/")
    look(resident)
    fill(page, ma=code.lower().replace("-", " "))
    resident.press("main form button.btn-primary")
    assert voices.ANSWER in page.locator("main").inner_text()
    look(resident)
    resident.go("/ke-hoach/vuong-mac/")
    look(resident)
    resident.press("main article h3 a")
    assert voices.TITLE in page.locator("h1").inner_text()
    look(resident)


def handle(windows, row):
    """Coordinator, unit, coordinator again: from the work page to publication, on a phone."""
    boss = windows("dieuphoi", size=PHONE).sign_in("dieuphoi", PASSWORD)
    page = boss.go("/viec-cua-toi/")
    boss.press(f"main a[href='{row.get_absolute_url()}']")
    clean(boss)
    boss.press("a[href$='/chuyen/']")
    clean(boss)
    page.locator("[name=unit]").select_option(label=voices.unit("KTHTDT").name)
    boss.press("main form button.btn-primary")
    boss.go("/ke-hoach/dieu-hanh/vuong-mac/")
    clean(boss)

    unit = windows("baocaokt", size=PHONE).sign_in("baocaokt", PASSWORD)
    theirs = unit.go("/viec-cua-toi/")
    unit.press(f"main a[href='{row.get_absolute_url()}']")
    unit.press("a[href$='/tra-loi/']")
    clean(unit)
    fill(theirs, answer=voices.ANSWER)
    unit.press("main form button.btn-primary")
    clean(unit)
    unit.go("/ke-hoach/dieu-hanh/vuong-mac/neu/")
    clean(unit)

    boss.go(row.get_absolute_url())
    boss.press("a[href$='/cong-khai/']")
    clean(boss)
    fill(page, public_title=voices.TITLE, public_text=voices.PUBLIC)
    boss.press("main form button.btn-primary")
    clean(boss)
    voices.report("KTHTDT", ("Thiếu máy", "Mua máy"))
    boss.go("/ke-hoach/dieu-hanh/vuong-mac/tu-bao-cao/")
    clean(boss)
    boss.press("main section form button")
    assert Difficulty.objects.count() == 2


def test_a_kiosk_by_keyboard_comes_back_by_itself(ward, windows):
    point = voices.point()
    kiosk = windows("kiosk")
    page = kiosk.go(f"/khao-sat/{point.code}/quay/")
    clean(kiosk)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "5"
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/quay/cam-on/")
    clean(kiosk)
    assert SurveyAnswer.objects.get().level == 4
    page.wait_for_url("**/quay/", timeout=20_000)
    assert page.locator(".faces button").count() == 5
    assert page.context.cookies() == [one for one in page.context.cookies() if one["name"] == "ngon_ngu"]


def test_what_somebody_left_typed_at_a_kiosk_is_gone_after_a_minute(ward, windows):
    point = voices.point()
    kiosk = windows("kiosk")
    kiosk.page.clock.install()
    page = kiosk.go(f"/khao-sat/{point.code}/quay/")
    page.locator("details summary").click()
    fill(page, comment="Chưa gửi")
    page.clock.run_for(50_000)
    page.keyboard.press("End")  # still there
    page.clock.run_for(50_000)
    assert page.locator("[name=comment]").input_value() == "Chưa gửi"
    page.clock.run_for(11_000)
    assert page.locator("[name=comment]").input_value() == ""
    assert not page.locator("details").evaluate("one => one.open")
    assert page.url.endswith("/quay/") and SurveyAnswer.objects.count() == 0


def test_a_kiosk_pressed_twice_counts_once(ward, windows):
    point = voices.point()
    page = windows("kiosk", has_touch=True).go(f"/khao-sat/{point.code}/quay/")
    page.locator(".faces button").first.dblclick(no_wait_after=True)
    page.wait_for_url("**/cam-on/")
    assert SurveyAnswer.objects.count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_kiosk_and_phone_at_360_px(ward, windows, script):
    point = voices.point()
    phone = windows("phone", size=PHONE, java_script_enabled=script)
    page = phone.go(f"/khao-sat/{point.code}/quay/")
    phone.fits() if script else None
    page.locator("details summary").click()
    fill(page, comment="Nhanh gọn")
    if script:
        clean(phone)
    phone.press(".faces button[value='5']")
    assert page.url.endswith("/cam-on/")
    if not script:
        page.wait_for_url("**/quay/", timeout=20_000)
    page = phone.go(f"/khao-sat/{point.code}/")
    if script:
        clean(phone)
    phone.press("main form button.btn-primary")  # nothing chosen
    assert page.locator("main [role=alert]").is_visible()
    if script:
        clean(phone)
    page.locator("[name=level][value='2']").check()
    phone.press("main form button.btn-primary")
    assert page.url.endswith(f"/{point.code}/cam-on/")
    if script:
        clean(phone)
    assert sorted(SurveyAnswer.objects.values_list("level", "way")) == [(2, "qr"), (5, "kiosk")]


def test_the_survey_inside(ward, windows):
    point = voices.point()
    voices.answers(point, 5, 5, 4, 3, 1)
    boss = windows("dieuphoi", size=PHONE).sign_in("dieuphoi", PASSWORD)
    for path in ("", "diem-moi/", f"diem/{point.pk}/", "ket-qua/", "nhan-xet/"):
        boss.go(f"/ke-hoach/dieu-hanh/khao-sat/{path}")
        clean(boss)
