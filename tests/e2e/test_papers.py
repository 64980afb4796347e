"""From the closed meeting to the signed minutes, and the head's draft: through the pages alone."""

import pytest
from django.utils import timezone

from papers.models import OfficePaper
from tests.ideas import builders
from tests.ideas.paper_builders import quick
from tests.papers.document_builders import word_texts

from .conftest import PHONE, SHOTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
PDF = {"name": "bien-ban-da-ky.pdf", "mimeType": "application/pdf", "buffer": builders.PDF}


@pytest.fixture
def ward():
    return builders.make_ward()


def loaded(window, selector):
    """(name, bytes) of what a link downloads."""
    with window.page.expect_download() as waiting:
        window.page.locator(selector).first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def seen(window, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    window.page.screenshot(path=SHOTS / f"papers-{name}.png", full_page=True)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_secretary_draws_up_the_minutes_and_keeps_the_signed_ones(ward, windows, script):
    initiative = builders.evaluated(ward)
    meeting = quick(ward, initiative)
    secretary = windows("thuky", java_script_enabled=script).sign_in("thuky", builders.PASSWORD)
    page = secretary.go(meeting.get_absolute_url())
    name, content = loaded(secretary, "a[href$='giay-to/bien-ban.docx']")
    assert name == f"bien-ban-{meeting.pk}.docx"
    assert f"1. Hồ sơ {initiative.code}: {initiative.title}" in word_texts(content)
    assert page.get_by_text("No secret ballot is recorded in this meeting.").is_visible()
    if script:
        secretary.axe_clean()
        seen(secretary, "meeting")
    secretary.press("a[href$='giay-to/bien-ban/']")
    page.locator("[name=issued_on]").fill("31/02/2026")
    secretary.press("main form button.btn-primary")
    assert page.locator("[role=alert]").first.is_visible()
    if script:
        secretary.axe_clean()
    page.locator("[name=issued_on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("[name=file]").set_input_files(PDF)
    secretary.press("main form button.btn-primary")
    assert page.url.endswith(f"{meeting.get_absolute_url()}#giay-to")
    assert loaded(secretary, "a[href$='bien-ban/ban-ky/']") == ("bien-ban-da-ky.pdf", builders.PDF)
    assert OfficePaper.objects.get().number == "01/BB-HĐSK"
    secretary.press("a[href$='giay-to/bien-ban/']")
    if script:
        seen(secretary, "register")
        secretary.axe_clean()


def test_the_head_reads_the_draft_on_a_phone(ward, windows):
    initiative = builders.voted(ward)
    builders.voted(ward, title="Sáng kiến hai")
    head = windows("lanhdao", size=PHONE).sign_in("lanhdao", builders.PASSWORD)
    head.go("/sang-kien/quyet-dinh/")
    page = head.press("a[href$='quyet-dinh/giay-to/']")
    head.axe_clean()
    head.fits()
    seen(head, "drafts")
    name, content = loaded(head, "main form button.btn-primary")
    assert name == "du-thao-quyet-dinh-cong-nhan.docx"
    assert any("Công nhận 02 sáng kiến" in text for text in word_texts(content))
    head.go(f"{initiative.get_absolute_url()}buoc/recognise/")
    assert page.locator("a[href$='quyet-dinh-cong-nhan.pdf']").is_visible()
    head.axe_clean()
    head.fits()
    seen(head, "step")
    head.go(initiative.get_absolute_url())
    head.axe_clean()
    head.fits()
    seen(head, "dossier")
