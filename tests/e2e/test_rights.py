"""Data rights in browsers: a resident asks for erasure, the officer answers, extends, erases from the
preview, the resident follows it by the code; a staff member takes a copy of their data. On a phone,
with axe on every page."""

import re
import zipfile

import pytest

from competitions.models import Participant
from notifications.models import OutboxMail
from people.roles import Role
from rights.models import DataCopy, RightsRequest
from tests.people.builders import PASSWORD, account, staff, unit

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
ADDRESS = "gui.8120@thu.example"


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main form[method=post] [name='{name}']").fill(value)


def clean(window):
    window.axe_clean()
    window.fits()


def test_a_resident_asks_for_erasure_and_follows_it_to_its_end(windows):
    account("baove", Role.DATA_PROTECTION_OFFICER)
    Participant.objects.create(
        email=ADDRESS, email_key=ADDRESS, full_name="Người Gửi 8120", phone="0900 812 000", place="Tổ 5"
    )
    resident = windows("resident", size=PHONE)
    page = resident.go("/quyen-du-lieu/")
    clean(resident)
    page = resident.go("/quyen-du-lieu/gui/")
    clean(resident)
    page.locator("[name=kind][value=delete]").check()
    fill(page, text="Xóa mọi dữ liệu thi của tôi", name="Người Gửi 8120", email=ADDRESS, phone="khong biet")
    page.wait_for_timeout(4500)  # as long as somebody needs to read it over
    resident.press("main form[method=post] button.btn-primary")
    assert page.locator("main [role=alert]").is_visible()
    assert page.locator("[name=text]").input_value() == "Xóa mọi dữ liệu thi của tôi"
    clean(resident)
    fill(page, phone="")
    resident.press("main form[method=post] button.btn-primary")
    code = page.locator("#ma-theo-doi").inner_text()
    assert re.fullmatch(r"QD(-[2-9A-Z]{4}){4}", code)
    clean(resident)
    letter = OutboxMail.objects.filter(to=ADDRESS, body__contains="/xac-nhan/").get()
    resident.go(re.search(r"/quyen-du-lieu/xac-nhan/\S+", letter.body)[0])
    clean(resident)
    resident.press("main form button.btn-primary")
    row = RightsRequest.objects.get()
    assert row.identity == "mailbox"
    handle(windows, row)
    page = resident.go("/quyen-du-lieu/theo-doi/")
    clean(resident)
    page.locator("main [name=ma]").fill(code.lower().replace("-", " "))
    resident.press("main form button.btn-primary")
    text = page.locator("main").inner_text()
    assert "Đã xóa dữ liệu dự thi." in text
    assert "Cần đối chiếu với ban tổ chức." in text
    clean(resident)
    gone = Participant.objects.get()
    assert (gone.email, gone.phone, gone.place) == ("", "", "")
    assert gone.full_name.startswith("Người đã xóa dữ liệu")


def handle(windows, row):
    """The officer: from the work page to the erasure."""
    officer = windows("baove", size=PHONE).sign_in("baove", PASSWORD)
    page = officer.go("/viec-cua-toi/")
    officer.press(f"main a[href='{row.get_absolute_url()}'] >> nth=0")
    clean(officer)
    officer.press("a[href$='/tra-loi/']")
    clean(officer)
    fill(page, text="Phường đã nhận và đang thực hiện.")
    officer.press("main form[method=post] button.btn-primary")
    officer.press("a[href$='/gia-han/']")
    clean(officer)
    fill(page, reason="Cần đối chiếu với ban tổ chức.")
    officer.press("main form[method=post] button.btn-primary")
    officer.press("a[href$='/xoa/']")
    clean(officer)
    fill(page, text="Đã xóa dữ liệu dự thi.")
    page.locator("[name=sure]").check()
    officer.press("main form[method=post] button.btn-danger")
    clean(officer)
    for address in ("so/", "hoat-dong/so/", "luu-giu/", "su-co/", "su-co/moi/"):
        officer.go(f"/quyen-du-lieu/{address}")
        clean(officer)


def test_a_staff_member_takes_a_copy_of_their_data(windows, worker):
    user = account("canbo")
    staff("HD-0101", "Ngô Thị Bản Sao", in_unit=unit(), user=user)
    window = windows("canbo", size=PHONE).sign_in("canbo", PASSWORD)
    page = window.go("/quyen-du-lieu/cua-toi/")
    clean(window)
    window.press("main form button")
    clean(window)
    for _second in range(60):
        if DataCopy.objects.get().state == "copy_ready":
            break
        page.wait_for_timeout(1000)
    window.go("/quyen-du-lieu/cua-toi/")
    clean(window)
    with page.expect_download() as caught:
        page.locator("main a[download]").click()
    packed = zipfile.ZipFile(caught.value.path())
    assert set(packed.namelist()) == {"du-lieu.json", "du-lieu.pdf"}
    assert "Ngô Thị Bản Sao" in packed.read("du-lieu.json").decode()
    window.go("/quyen-du-lieu/dong-y/")
    clean(window)
