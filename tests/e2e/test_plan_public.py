"""The plan's progress in browsers: a coordinator publishes, a reader without script reads it on a phone."""

from datetime import date

import pytest
from django.utils import timezone

from plan.models import KeptFigure, ReportedValue, Target, TargetPublication
from tests.ideas.builders import PASSWORD
from tests.plan.builders import make_plan_ward

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
PAGE, WORK = "/ke-hoach/tien-do/", "/ke-hoach/dieu-hanh/cong-bo/"


@pytest.fixture
def ward():
    ward, year = make_plan_ward(), timezone.localdate().year
    for code, numerator, denominator in (
        ("A1", 846, 1000),
        ("A2", 700, 1000),
        ("B1", 2, None),
        ("D4", 1, None),
    ):
        target = Target.objects.get(code=code)
        ReportedValue.objects.create(
            target=target,
            definition=target.definitions.last(),
            unit=target.parts.filter(part="lead").first().unit,
            year=year,
            as_of=date(year, 1, 31),
            numerator=numerator,
            denominator=denominator,
            by_name="Lương Thị Mai",
            at=timezone.now(),
        )
    KeptFigure.objects.create(
        code="A9",
        year=year,
        as_of=date(year, 1, 31),
        numerator=27,
        denominator=30,
        is_complete=False,
        population=32,
        source="coverage:digital-skills",
        computed_at=timezone.now(),
    )
    return ward


def clean(window, path=None):
    if path:
        window.go(path)
    for size in (DESK, PHONE):
        window.page.set_viewport_size(size)
        window.axe_clean()
        window.fits()


def test_a_coordinator_publishes_and_a_reader_without_script_reads_it(ward, windows):
    reader = windows("reader", size=PHONE, java_script_enabled=False, language="vi")
    page = reader.go(PAGE)
    assert "Chưa công bố số liệu" in page.locator("main").inner_text()

    desk = windows("coordinator", language="vi").sign_in("dieuphoi", PASSWORD)
    clean(desk, WORK)
    desk.page.set_viewport_size(DESK)
    desk.page.locator("[name=note]").fill("Số liệu tháng 1.")
    button = desk.page.locator("main form button.btn-primary")
    button.focus()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    assert TargetPublication.objects.get().note == "Số liệu tháng 1."
    assert desk.page.locator("main form [aria-disabled=true]").is_visible()
    clean(desk)

    page = reader.go(PAGE)
    folded = page.locator("main tr[id]").filter(visible=False).last
    page.emulate_media(media="print")
    assert page.locator("main tr[id]:visible").count() == 42  # paper unfolds nothing later
    page.emulate_media(media="screen")
    page.goto(f"{PAGE}#{folded.get_attribute('id')}")  # nor does a link into a group
    assert page.locator("main tr[id]:target").is_visible()
    page = reader.go(f"{PAGE}?xem=tat-ca")
    told = page.locator("main").inner_text()
    assert "84,6\u00a0%" in told and "31/01/" in told and "Cổng tự tính từ danh sách điểm danh" in told
    assert "Số liệu tháng 1." in told
    page.locator("main details summary").first.click()
    assert page.locator("main details table").first.is_visible()
    reader.fits()
    with page.expect_navigation():
        page.locator("#A1 th a").click()
    assert page.locator("h1").inner_text().startswith("Tỷ lệ sử dụng dịch vụ công")
    assert page.locator("main table tbody tr").count() == 5
    reader.fits()


def test_the_pages_are_accessible_and_fit_a_phone(ward, windows):
    from plan.public import publishing

    year = timezone.localdate().year
    publishing.publish(ward.dieuphoi, year, seen=publishing.draft(year).seen)
    ReportedValue.objects.create(
        target=Target.objects.get(code="A1"),
        definition=Target.objects.get(code="A1").definitions.last(),
        unit=Target.objects.get(code="A1").parts.filter(part="lead").first().unit,
        year=year,
        as_of=date(year, 2, 28),
        numerator=900,
        denominator=1000,
        by_name="Lương Thị Mai",
        at=timezone.now(),
    )
    publishing.publish(ward.dieuphoi, year, seen=publishing.draft(year).seen)
    reader = windows("reader", language="vi")
    for path in (
        PAGE,
        f"{PAGE}?nam={year}&lan=1",
        f"{PAGE}?nam={year}&xem=can-chu-y",
        f"{PAGE}?xem=tat-ca",
        f"{PAGE}?nam=2030",
        f"{PAGE}A1/",
        f"{PAGE}C6/",
        f"{PAGE}nhiem-vu/",
    ):
        clean(reader, path)


def test_the_year_is_chosen_and_a_group_reached_with_the_keyboard(ward, windows):
    from plan.public import publishing

    year = timezone.localdate().year
    publishing.publish(ward.dieuphoi, year, seen=publishing.draft(year).seen)
    reader = windows("reader", language="vi")
    page = reader.go(PAGE)
    year_link = page.locator("nav.chips a[aria-current=true]")
    year_link.focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"?nam={year + 1}")
    page = reader.go(PAGE)
    page.locator("a[href='#cach-tinh']").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#cach-tinh")
