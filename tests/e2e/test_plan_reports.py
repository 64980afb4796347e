"""A unit and the coordinator, in browsers: a report filed late after reminders, returned, accepted; sent
without script; one report in two windows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from obligations.reminding import remind_due
from plan.models import UnitReport
from plan.reports import calendar
from plan.reports.sheet import Sheet
from tests.ideas.builders import PASSWORD
from tests.plan.builders import make_plan_ward
from tests.plan.report_builders import clock, write

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
WORK = "/ke-hoach/dieu-hanh/bao-cao/"


@pytest.fixture
def ward():
    return make_plan_ward()


@pytest.fixture
def report(ward):
    """Asked for twelve days ago; its last day was two days ago."""
    now = timezone.now()
    today = timezone.localdate(now)
    asked = calendar.Asked(
        title="Báo cáo nhanh về dịch vụ công trực tuyến",
        from_day=today.replace(month=1, day=1),
        to_day=today - timedelta(days=5),
        cut_off=today - timedelta(days=5),
        last_day=today - timedelta(days=2),
        instructions="Nêu rõ số liệu theo tháng.",
    )
    with clock(now - timedelta(days=12)):
        calendar.ask_for_reports(ward.dieuphoi, asked, [ward.unit("KTHTDT"), ward.unit("MTTQ")])
    return UnitReport.objects.select_related("period", "unit").get(unit__code="KTHTDT")


def remind_until_today():
    """What the worker would have said, day by day."""
    for days in range(11, -1, -1):
        remind_due(timezone.now() - timedelta(days=days))


def clean(window):
    window.axe_clean()
    window.fits()


def by_keyboard(page, name):
    """Presses the button of that name by keys alone."""
    button = page.get_by_role("button", name=name)
    button.focus()
    assert button.evaluate("one => one === document.activeElement")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_report_filed_late_after_reminders_returned_and_accepted(ward, report, windows):
    remind_until_today()
    unit = windows("baocaokt", size=PHONE).sign_in("baocaokt", PASSWORD)
    page = unit.page
    assert unit.unread() >= 2
    assert page.locator(f"main a[href='{report.get_absolute_url()}']").count() >= 1
    page = unit.go(WORK)
    clean(unit)
    unit.press(f"main a[href='{report.get_absolute_url()}']")
    clean(unit)
    step = f"{report.get_absolute_url()}buoc/"
    unit.press(f"main a[href='{step}1/']")
    clean(unit)
    fill_targets(page, report)
    by_keyboard(page, "Save and go to step 2")
    clean(unit)
    for field in page.locator("main textarea[name$=done]").all():
        field.fill("Đã ban hành kế hoạch.")
    unit.press("main form#buoc .actions .btn-primary")
    page.locator("[name=results]").fill("Tiếp nhận 1.240 hồ sơ trực tuyến.")
    clean(unit)
    saved_by_itself(unit, report)
    unit.press("main form#buoc .actions .btn-primary")
    page.locator("[name=d1text]").fill("Thiếu máy quét.")
    unit.press("main form#buoc button[value=add-row]")
    assert page.locator("[name=d1text]").input_value() == "Thiếu máy quét."
    assert page.locator("[name=d3text]").count() == 1
    clean(unit)
    unit.press("main form#buoc .actions .btn-primary")
    page.locator("#buoc [name=next]").fill("Mở thêm hai điểm hỗ trợ.")
    unit.press("main form#buoc .actions .btn-primary")
    clean(unit)
    assert page.locator("main .actions button[aria-disabled]").count() == 0, page.locator("main").inner_text()
    unit.press("main form#buoc .actions .btn-primary")  # without the reason
    assert page.locator("main [role=alert]").first.is_visible()
    page.locator("[name=reason]").fill("Chờ số liệu của ngành.")
    by_keyboard(page, "Send the report")
    clean(unit)
    report.refresh_from_db()
    assert (report.state, report.is_late) == ("submitted", True)

    desk = windows("dieuphoi").sign_in("dieuphoi", PASSWORD)
    return_it(desk, report)
    unit.go(report.get_absolute_url())
    clean(unit)
    assert "Thiếu nguồn số liệu." in page.locator("main").inner_text()
    unit.press(f"main a[href='{step}6/']")
    by_keyboard(page, "Send the report again")
    report.refresh_from_db()
    assert report.versions.count() == 2
    accept_it(desk, report)


def fill_targets(page, report):
    for row in Sheet.of(report).targets:
        if not row.is_typed:
            continue
        if row.has_number:
            page.locator(f"[name={row.key}n]").fill("95,5")
            if row.asks_denominator:
                page.locator(f"[name={row.key}d]").fill("100")
        else:
            page.locator(f"[name={row.key}met][value=no]").check()
            page.locator(f"[name={row.key}words]").fill("Đang thực hiện.")


def saved_by_itself(window, report):
    def is_saved():
        report.refresh_from_db()
        return report.answers.get("results")

    window.until(is_saved, "not saved by itself")


def return_it(desk, report):
    page = desk.go(WORK)
    clean(desk)
    desk.press(f"main a[href='{report.period.get_absolute_url()}']")
    clean(desk)
    board = page.locator("main").inner_text()
    assert "filed late" in board and "2 days late" in board  # KTHTDT sent it, the Front has not
    desk.press("main a[href$='/don-doc/']")
    clean(desk)
    desk.press("main form.actions button")
    assert "urged" in page.locator("main").inner_text()
    desk.press(f"main a[href='{report.get_absolute_url()}']")
    clean(desk)
    desk.press(f"main a[href='{report.get_absolute_url()}lan/1/']")
    clean(desk)
    assert "Chờ số liệu" not in page.locator("#ban-gui").inner_text()  # the reason stands in the history
    desk.go(report.get_absolute_url())
    desk.press("main a[href$='/xu-ly/tra-lai/']")
    clean(desk)
    desk.press("main form button.btn-primary")
    assert page.locator("main [role=alert]").first.is_visible()
    page.locator("[name=reason]").fill("Thiếu nguồn số liệu.")
    day = timezone.localdate()
    sunday = day + timedelta(days=6 - day.weekday())
    page.locator("[name=resend_by]").fill(f"{sunday:%d/%m/%Y}")
    page.keyboard.press("Tab")
    page.locator("#ngay-nhac", has_text="is a day off: the unit is reminded of").wait_for()
    clean(desk)
    page.locator("[name=resend_by]").fill(f"{day + timedelta(days=3):%d/%m/%Y}")
    by_keyboard(page, "Return")
    report.refresh_from_db()
    assert report.state == "returned"


def accept_it(desk, report):
    page = desk.go(f"{report.get_absolute_url()}lan/2/?so-voi=lan-truoc")
    clean(desk)
    desk.go(report.get_absolute_url())
    desk.press("main a[href$='/xu-ly/tiep-nhan/']")
    clean(desk)
    by_keyboard(page, "Accept")
    report.refresh_from_db()
    assert report.state == "accepted"
    for path in (
        f"{report.get_absolute_url()}xu-ly/mo-lai/",
        f"{WORK}ky-moi/",
        f"{report.period.get_absolute_url()}sua/",
    ):
        desk.go(path)
        clean(desk)


def test_a_report_is_written_and_sent_without_script(ward, report, windows):
    write(report, ward.baocaokt)
    unit = windows("baocaokt", java_script_enabled=False).sign_in("baocaokt", PASSWORD)
    page = unit.go(f"{report.get_absolute_url()}buoc/4/")
    page.locator("[name=d1text]").fill("Thiếu máy quét.")
    unit.press("main form#buoc button[value=add-row]")
    assert page.locator("[name=d3text]").count() == 1
    unit.go(f"{report.get_absolute_url()}buoc/6/")
    page.locator("[name=reason]").fill("Mất mạng hai ngày.")
    unit.press("main form#buoc .actions .btn-primary")
    report.refresh_from_db()
    assert report.versions.get().payload["difficulties"] == [{"text": "Thiếu máy quét.", "proposal": ""}]


def test_two_windows_on_one_report_choose(ward, report, windows):
    path = f"{report.get_absolute_url()}buoc/3/"
    one = windows("baocaokt").sign_in("baocaokt", PASSWORD)
    other = windows("truongkt", size=PHONE).sign_in("truongkt", PASSWORD)
    for window in (one, other):
        window.go(path)
    one.page.locator("[name=results]").fill("Của người báo cáo.")
    one.press("main form#buoc .actions button[value=stay]")
    other.page.locator("[name=results]").fill("Của trưởng phòng.")
    other.until(lambda: other.page.locator("[data-conflict]").is_visible(), "no word of the conflict")
    clean(other)
    other.press("[data-conflict] button")
    clean(other)
    other.press("main form button[name=all][value=mine]")
    report.refresh_from_db()
    assert report.answers["results"] == "Của trưởng phòng."


def test_the_tabs_are_folded_on_a_phone_so_that_the_title_stands_on_the_first_screen(ward, report, windows):
    unit = windows("baocaokt", size=PHONE).sign_in("baocaokt", PASSWORD)
    page = unit.go(f"{report.get_absolute_url()}buoc/2/")
    title, tasks = page.locator("h1"), page.locator(".tabfold a[href='/ke-hoach/dieu-hanh/nhiem-vu/']")
    summary = page.locator(".tabfold > summary")
    box = title.bounding_box()
    assert box["y"] + box["height"] < PHONE["height"] and not tasks.is_visible()
    assert "Reports" in summary.inner_text()
    assert page.locator("nav[aria-label='Parts of the plan work']").count() == 1
    clean(unit)
    summary.focus()
    page.keyboard.press("Enter")
    assert tasks.is_visible()
    clean(unit)
    page.set_viewport_size(DESK)
    page.reload()
    assert tasks.is_visible() and not summary.is_visible()
    page.locator(".crumbs a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tabs') !== null")
    clean(unit)


def test_the_folded_tabs_open_without_script(ward, report, windows):
    unit = windows("baocaokt", size=PHONE, java_script_enabled=False).sign_in("baocaokt", PASSWORD)
    page = unit.go(WORK)
    page.locator(".tabfold > summary").click()
    assert page.locator(".tabfold a[aria-current='page']").is_visible()
