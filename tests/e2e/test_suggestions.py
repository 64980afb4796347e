"""Residents and their ward, in browsers: an idea on a phone and its answer; a measurement, verified."""

import re

import pytest
from django.utils import timezone

from ideas.models import Idea
from tests.ideas import benefit_builders as results
from tests.ideas import builders
from tests.ideas import suggestion_builders as ideas

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
PDF = {"name": "nhat-ky.pdf", "mimeType": "application/pdf", "buffer": builders.PDF}


@pytest.fixture
def ward():
    return builders.make_ward()


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main [name='{name}']").fill(value)


def clean(window):
    window.axe_clean()
    window.fits()


@pytest.mark.parametrize("script", [True, False])
def test_a_resident_sends_an_idea_and_reads_the_answer_by_its_code(ward, windows, script):
    resident = windows("resident", size=PHONE, java_script_enabled=script)
    page = resident.go("/y-tuong/")
    if script:
        clean(resident)
    fill(page, trouble=ideas.TROUBLE, proposal=ideas.PROPOSAL, place="Tổ 4", phone="khong biet")
    page.locator("[name=agree-idea-publish]").check()
    page.wait_for_timeout(4500)  # as long as somebody needs to read it over
    resident.press("main form[method=post] button.btn-primary")
    assert page.locator("main [role=alert]").is_visible()
    assert page.locator("[name=proposal]").input_value() == ideas.PROPOSAL
    if script:
        clean(resident)
    fill(page, phone="")
    resident.press("main form[method=post] button.btn-primary")
    code = page.locator("#ma-theo-doi").inner_text()
    assert re.fullmatch(r"YT(-[2-9A-Z]{4}){4}", code)
    if script:
        clean(resident)
    answer_it(windows, ward)
    page = resident.go("/y-tuong/")
    fill(page, ma=code.lower().replace("-", " "))
    resident.press("form[action$='/theo-doi/'] button")
    assert "Phường sẽ gửi lịch." in page.locator("main").inner_text()
    if script:
        clean(resident)
        resident.go("/y-tuong/da-tra-loi/")
        clean(resident)
        resident.press("main article h3 a")
        clean(resident)
        assert ideas.PUBLIC_TITLE in page.content()
    withdraw(resident, code)


def withdraw(resident, code):
    """The box on the tracking page, one button: the idea leaves the public list at once."""
    page = resident.go(f"/y-tuong/{code}/")
    page.locator("[name=agree-idea-publish]").uncheck()
    resident.press("form[action$='/dong-y/'] button")
    assert Idea.objects.get().is_public is False
    assert not page.locator("[name=agree-idea-publish]").is_checked()


def answer_it(windows, ward):
    """The secretary finds it on the work page and answers on a phone."""
    secretary = windows("thuky", size=PHONE).sign_in("thuky", builders.PASSWORD)
    idea = Idea.objects.get()
    page = secretary.go("/viec-cua-toi/")
    secretary.press(f"main a[href='{idea.get_absolute_url()}']")
    clean(secretary)
    secretary.press("a[href$='/tra-loi/']")
    clean(secretary)
    page.locator("[name=outcome][value=will_do]").check()
    page.locator("[name=is_public]").check()
    fill(page, answer="Phường sẽ gửi lịch.", public_title=ideas.PUBLIC_TITLE, public_text=ideas.PUBLIC_TEXT)
    secretary.press("main form button.btn-primary")
    assert Idea.objects.get().state == "answered"
    secretary.go("/y-tuong/xu-ly/?xem=da-tra-loi")
    clean(secretary)


def test_a_measurement_is_entered_verified_and_read_by_everybody(ward, windows):
    head = results.head_of("VHXH")
    initiative = results.recognised(ward)
    author = windows("tacgia", size=PHONE).sign_in("tacgia", builders.PASSWORD)
    verifier = windows("truongdonvi", size=PHONE).sign_in(head.username, builders.PASSWORD)
    public = windows("public", size=PHONE)
    base, card = f"{initiative.get_absolute_url()}ket-qua-ap-dung/", f"/sang-kien/{initiative.code}/"

    page = author.go(initiative.get_absolute_url())
    author.press("#viec-benefits")
    clean(author)
    author.press("a[href$='/chi-so/moi/']")
    fill(page, name="Thời gian chờ", measured_in="phút/lượt", baseline="24", promised="15")
    page.locator("[name=lower_is_better]").check()
    clean(author)
    author.press("main form button.btn-primary")
    verify(verifier, base)

    author.go(base)
    author.press("a[href$='/do/3/']")
    clean(author)
    fill(page, value="13,5", measured_on=f"{timezone.localdate():%d/%m/%Y}", source="Nhật ký lấy số")
    page.locator("[name=file]").set_input_files(PDF)
    author.press("main form button.btn-primary")
    assert "13.5" not in public.go(card).locator("main").inner_text()
    verify(verifier, base)
    clean(verifier)
    text = public.go(card).locator("main").inner_text()
    assert "13.5" in text and "Promise kept" in text
    clean(public)


def verify(window, base):
    """The one button that verifies, then the page that asks."""
    window.go(base)
    window.press("main a[href$='/xac-minh/']")
    clean(window)
    window.press("main form button.btn-primary")
