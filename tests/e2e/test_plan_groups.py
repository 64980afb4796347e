"""The books of activities, in browsers: an activity with a photo on a phone; a model published and read."""

import pytest

from plan.models import GroupActivity, Showcase
from tests.plan import books as b
from tests.plan.builders import make_plan_ward

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
AT = "/ke-hoach/dieu-hanh/hoat-dong/"
PASSWORD = "only-for-tests-14"


@pytest.fixture
def ward():
    ward = make_plan_ward()
    unit = b.a_group(ward.dieuphoi)
    ward.users["club"] = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    return ward


def photo(name="anh.jpg"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": b.a_photo().read()}


def clean(window):
    window.axe_clean()
    window.fits()


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main [name='{name}']").fill(value)


def test_a_reporter_writes_down_an_activity_with_a_photo_on_a_phone(ward, windows):
    phone = windows("baocao", size=PHONE).sign_in("baocao", PASSWORD)
    page = phone.go(AT)
    clean(phone)
    phone.go(f"{AT}cau-lac-bo/{ward.club.pk}/")
    clean(phone)
    phone.press("main a[href*='nhat-ky/them/']")
    assert page.locator("[name=group]").input_value() == str(ward.club.pk)
    clean(phone)
    fill(page, held_on=b.day(-1), title="Hướng dẫn VNeID tại nhà", people="nhiều người")
    phone.press("main form[method=post] button.btn-primary")
    assert page.locator("main [role=alert]").is_visible()
    assert page.locator("[name=title]").input_value() == "Hướng dẫn VNeID tại nhà"
    clean(phone)
    fill(page, people="35 người")
    page.locator("[name=files]").set_input_files(photo())
    phone.press("main form[method=post] button.btn-primary")
    clean(phone)
    activity = GroupActivity.objects.get()
    assert (activity.people, activity.files.get().content_type) == (35, "image/jpeg")
    phone.go(f"{AT}nhat-ky/")
    clean(phone)
    assert "Hướng dẫn VNeID tại nhà" in page.locator("main table").inner_text()


def test_a_model_is_written_published_and_read_by_everybody(ward, windows):
    writer = windows("baocao").sign_in("baocao", PASSWORD)
    page = writer.go(f"{AT}mo-hinh/them/")
    clean(writer)
    fill(page, title="Chợ không tiền mặt", text="Mọi sạp hàng có mã QR.", results="42 trên 50 sạp.")
    writer.press("main form[method=post] button.btn-primary")
    clean(writer)
    writer.press("main a[href$='/tep/them/']")
    fill(page, alt="Sạp hàng có mã QR", consent="Không nhận ra ai trong ảnh")
    page.locator("[name=file]").set_input_files(photo())
    clean(writer)
    writer.press("main form[method=post] button.btn-primary")
    row = Showcase.objects.get()
    coordinator = windows("dieuphoi", size=PHONE).sign_in("dieuphoi", PASSWORD)
    page = coordinator.go(f"{AT}mo-hinh/{row.pk}/")
    clean(coordinator)
    coordinator.press("main a[href$='/buoc/cong-bo/']")
    clean(coordinator)
    page.locator("[name=agreed]").check()
    coordinator.press("main form[method=post] button.btn-primary")
    reader = windows("reader", size=PHONE)
    page = reader.go("/ke-hoach/mo-hinh/")
    clean(reader)
    reader.press("main article a")
    clean(reader)
    assert "42 trên 50 sạp." in page.locator("main").inner_text()
    assert page.locator("main img").get_attribute("alt") == "Sạp hàng có mã QR"
    assert page.evaluate("document.querySelector('main img').complete") in (True, False)


def test_a_coordinator_adds_residential_groups_and_an_issued_programme_stands(ward, windows):
    window = windows("dieuphoi", size=PHONE).sign_in("dieuphoi", PASSWORD)
    page = window.go("/ke-hoach/dieu-hanh/to-dan-pho/")
    fill(page, name="Tổ dân phố số 2")
    window.press("main form[method=post] button.btn-primary")
    clean(window)
    assert "Tổ dân phố số 2" in page.locator("main table").inner_text()
    for slug in ("truyen-thong", "chuong-trinh", "can-bo", "buoi-tuyen-truyen", "dot-tuyen-truyen"):
        window.go(f"{AT}{slug}/")
        clean(window)
        window.go(f"{AT}{slug}/them/")
        clean(window)
    fill(page, title="Đợt một")
    window.press("main form[method=post] button.btn-primary")
    clean(window)
