"""Tasks in browsers: the coordinator urges, the reporter answers on a phone by keyboard; pages are clean."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from plan.models import ProgressNote, TaskUrge
from plan.tasks import budget, files, progress, talking
from plan.tasks.budget import Typed
from tests.ideas.builders import PASSWORD, PDF
from tests.plan import task_builders as b
from tests.plan.builders import make_plan_ward

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def ward():
    ward = make_plan_ward()
    b.due(ward, b.task(), timezone.localdate() - timedelta(days=2))
    b.assigned(ward, b.task("G1.1"), lead=["KTHTDT"], co=["VHXH"])
    progress.add_step(b.task(), ward.baocao, "Họp tổ giúp việc")
    talking.comment(b.task(), ward.dieuphoi, "Nhờ @Lương Thị Mai gửi số liệu")
    files.attach(b.task(), ward.baocao, SimpleUploadedFile("bao-cao.pdf", PDF))
    budget.add_line(b.task(), ward.dieuphoi, Typed(2026, "ward", 100, 130))
    budget.add_line(b.task("U3.1"), ward.dieuphoi, Typed(2027, "social", 100, 13))
    return ward


def clean(window):
    window.axe_clean()
    window.fits()


def tab_to(page, selector, most=200):
    """Presses Tab until the control has the focus, as somebody without a mouse does."""
    for _n in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the keyboard")


def enter(window):
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")


def test_the_coordinator_urges_and_the_reporter_answers_by_keyboard(ward, windows):
    coordinator = windows("dieuphoi").sign_in("dieuphoi", PASSWORD)
    page = coordinator.go(b.LIST)
    clean(coordinator)
    page.locator("input[name=nv][value='U2.1']").check()
    page.locator("input[name=nv][value='U4.1']").check()
    coordinator.press("form[action$='/don-doc/'] button")
    clean(coordinator)
    page.locator("[name=message]").fill("Đề nghị báo cáo trước thứ Sáu.")
    coordinator.press("main form[method=post] button.btn-primary")
    assert TaskUrge.objects.count() == 2

    reporter = windows("baocao", size=PHONE).sign_in("baocao", PASSWORD)
    page = reporter.go("/thong-bao/")
    assert "U2.1" in page.locator("main").inner_text()
    page = reporter.go(b.page())
    clean(reporter)
    assert "Đề nghị báo cáo trước thứ Sáu." in page.locator("main").inner_text()
    tab_to(page, "a[href*='don-doc=']")
    enter(reporter)
    clean(reporter)
    tab_to(page, "[name=state]")
    tab_to(page, "[name=percent]")
    page.keyboard.press("Control+a")
    page.keyboard.type("60")
    tab_to(page, "[name=done]")
    page.keyboard.type("Da gui bao cao cua nam don vi")
    tab_to(page, "main form[method=post] button.btn-primary")
    enter(reporter)
    note = ProgressNote.objects.get()
    assert (note.percent, note.done) == (60, "Da gui bao cao cua nam don vi")
    assert note.answers.message == "Đề nghị báo cáo trước thứ Sáu."
    clean(reporter)
    coordinator.rings()


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}])
def test_every_page_of_the_tasks_is_accessible_and_fits(ward, windows, size):
    window = windows("dieuphoi", size=size).sign_in("dieuphoi", PASSWORD)
    step, line = b.task().steps.get(), b.task().budget_lines.get()
    pages = [
        b.LIST,
        f"{b.LIST}?xem=trang-thai",
        f"{b.LIST}?xem=bang",
        f"{b.LIST}?xem=don-vi",
        f"{b.LIST}?q=khong+co+gi",
        f"{b.LIST}them/",
        f"{b.LIST}don-doc/?nv=U2.1&nv=U4.1",
        b.page(),
        b.page("U4.1"),
        b.page("G1.2"),
        b.page(more="phan-cong/"),
        b.page(more="thoi-han/"),
        b.page(more="khong-con/"),
        b.page(more="tien-do/"),
        b.page(more="phu-trach/"),
        b.page(more=f"buoc/{step.pk}/xong/"),
        b.page(more="tep/"),
        b.page(more="y-kien/"),
        b.page(more="kinh-phi/"),
        b.page(more=f"kinh-phi/{line.pk}/cong-khai/"),
        "/ke-hoach/dieu-hanh/kinh-phi/",
    ]
    for address in pages:
        window.go(address)
        clean(window)


def test_without_script_progress_is_reported_as_well(ward, windows):
    window = windows("baocao", size=PHONE, java_script_enabled=False).sign_in("baocao", PASSWORD)
    page = window.go(b.page(more="tien-do/"))
    page.locator("[name=percent]").fill("101")
    page.locator("[name=done]").fill("Đã họp tổ")
    window.press("main form[method=post] button.btn-primary")
    assert page.locator("main [role=alert]").is_visible()
    assert page.locator("[name=done]").input_value() == "Đã họp tổ"
    page.locator("[name=percent]").fill("35")
    window.press("main form[method=post] button.btn-primary")
    assert ProgressNote.objects.get().percent == 35
