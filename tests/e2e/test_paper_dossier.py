"""A paper dossier through the pages alone: blank print, code, keying, signed scan, receipt."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import BlankForm, Initiative
from tests.ideas import builders
from tests.papers.document_builders import holds_in_order, pdf_text, word_texts

from .conftest import PHONE, SHOTS
from .qr import link_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
SCAN = {"name": "don-da-ky.pdf", "mimeType": "application/pdf", "buffer": builders.PDF}


@pytest.fixture
def ward():
    return builders.make_ward()


def loaded(window, selector):
    """(name, bytes) of what a link downloads."""
    with window.page.expect_download() as waiting:
        window.page.locator(selector).first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def sound(window, name):
    window.axe_clean()
    window.fits()
    SHOTS.mkdir(parents=True, exist_ok=True)
    window.page.screenshot(path=SHOTS / f"paper-dossier-{name}.png", full_page=True)


def test_a_paper_dossier_from_the_blank_print_to_the_receipt(ward, windows, tmp_path):
    # The author prints the form on a phone's page; no account of anybody else is needed for it.
    author = windows("tacgia", size=PHONE).sign_in("tacgia", builders.PASSWORD)
    page = author.go("/sang-kien/ho-so/moi/")
    author.press("a[href$='don-trang/']")
    sound(author, "none-yet")
    author.press("main form button.btn-primary")
    sound(author, "to-print")
    form = BlankForm.objects.get()
    name, content = loaded(author, f"a[href$='{form.code}.pdf']")
    assert name == f"don-trang-{form.code_shown}.pdf"
    assert holds_in_order(pdf_text(content), [form.code_shown, "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN"]) is None
    assert not Initiative.objects.exists()

    # The clerk first mistypes the code, then scans the square.
    clerk = windows("vanthu").sign_in("vanthu", builders.PASSWORD)
    page = clerk.go("/sang-kien/ho-so/tu-don-giay/")
    sound(clerk, "look-up")
    page.locator("#id_ma").fill("AAAA-BBBB")
    with page.expect_navigation():
        page.locator("#id_ma").press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "There is no form with this code"
    sound(clerk, "unknown")
    clerk.go(link_on(content, tmp_path).removeprefix(clerk.portal.origin))
    assert form.code_shown in page.get_by_role("heading", level=1).inner_text()
    sound(clerk, "found")
    clerk.press("main form button.btn-primary")
    initiative = Initiative.objects.get()
    assert page.url.endswith(f"/{initiative.code}/sua/1/")
    sound(clerk, "step-1")
    _key(clerk, initiative, ward)

    # The whole, as it will be read; then the scan and the day of receipt.
    sound(clerk, "step-7")
    received = timezone.localdate() - timedelta(days=2)
    page.locator("[name=received_on]").fill(f"{received:%d/%m/%Y}")
    page.locator("[name=scan]").set_input_files(SCAN)
    page.locator("[name=pledge]").check()
    clerk.press("main form .actions button")
    assert page.url.endswith(initiative.get_absolute_url())
    sound(clerk, "submitted")
    _name, receipt = loaded(clerk, "a[href$='bien-nhan.pdf']")
    assert holds_in_order(pdf_text(receipt), ["GIẤY BIÊN NHẬN", "Nhắc hạn bằng bảng màu"]) is None
    _name, word = loaded(clerk, "a[href*='don.docx']")
    assert any("Nhắc hạn bằng bảng màu" in text for text in word_texts(word))

    # The secretary reads it in the order of the form, and the code still leads there.
    secretary = windows("thuky", size=PHONE).sign_in("thuky", builders.PASSWORD)
    secretary.go(initiative.get_absolute_url())
    sound(secretary, "read")
    clerk.go(f"/sang-kien/ho-so/tu-don-giay/{form.code}/")
    assert page.url.endswith(initiative.get_absolute_url())
    stored = Initiative.objects.get()
    assert (stored.state, stored.received_on, stored.receipt_number) == ("submitted", received, 1)


def _key(clerk, initiative, ward):
    """Steps 1 to 6 as they stand on the paper."""
    page = clerk.page

    def forward():
        clerk.press("main form#buoc .actions .btn-primary")

    page.locator("#id_title").fill("Nhắc hạn bằng bảng màu")
    page.locator("#id_kind_2").check()
    page.locator("#id_field").select_option(index=1)
    page.locator("#id_problem").fill("Hồ sơ trả chậm.")
    forward()
    clerk.press("#add-author")
    page.locator("#q").fill("bui thi ngoc")
    clerk.press("main form[role=search] button")
    page.locator("[name=staff]").first.check()
    page.locator("[name=share]").fill("100")
    clerk.press("form[method=post] button.btn-primary:visible")
    forward()
    page.locator("#id_first_applied_on").fill(f"{timezone.localdate() - timedelta(days=60):%d/%m/%Y}")
    page.locator("#id_investor").fill("UBND phường Hưng Đạo")
    page.locator("[name=uses_public_money][value=no]").check()
    forward()
    for name in ("prior_state", "description", "novelty", "applicability", "conditions"):
        page.locator(f"#id_{name}").fill("Viết như trên giấy.")
    forward()
    page.locator("#id_benefit_by_author").fill("Giảm 12 hồ sơ chậm.")
    page.locator("#id_public_summary").fill("Bảng màu dùng chung.")
    forward()
    page.locator("[name=has_confidential_part][value=no]").check()
    page.locator("[name=files]").set_input_files(SCAN | {"name": "minh-chung.pdf"})
    forward()
    assert page.url.endswith(f"/{initiative.code}/sua/7/")
