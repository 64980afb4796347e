"""From the accepted reports to the ward's paper: drafted, written on, opened with LibreOffice."""

import pytest

from tests.ideas.builders import PASSWORD
from tests.papers.document_builders import by_office, holds_in_order, pdf_text, word_texts
from tests.plan.builders import make_plan_ward
from tests.plan.consolidation_builders import make_last_year, make_period
from tests.plan.test_papers_consolidation import ANNEXES, EXPECTED

from .conftest import PHONE, SHOTS
from .test_papers import loaded

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
ADDRESS = "/ke-hoach/dieu-hanh/tong-hop/2026-nam/"


@pytest.fixture
def year():
    make_plan_ward()
    make_last_year()
    return make_period()


def seen(window, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    window.page.screenshot(path=SHOTS / f"consolidation-{name}.png", full_page=True)


def test_the_coordinator_writes_on_and_the_paper_says_so(year, windows, tmp_path):
    window = windows("dieuphoi", language="vi").sign_in("dieuphoi", PASSWORD)
    page = window.go("/ke-hoach/dieu-hanh/tong-hop/")
    window.axe_clean()
    window.press("main table a[href$='2026-nam/']")
    window.press("form[action$='/bat-dau/'] button")
    window.axe_clean()
    seen(window, "report")
    window.press("a[href$='muc/phuong-huong/']")
    text = page.locator("#id_text")
    text.fill(text.input_value() + "\n- Của tôi.")
    window.until(lambda: "Đã lưu lúc" in page.locator("[data-kept]").inner_text(), "not saved by itself")
    seen(window, "section")
    window.axe_clean()
    window.press("#buoc button.btn-primary")
    assert page.url.endswith(f"{ADDRESS}#phuong-huong")
    window.press("#phuong-huong a[href$='du-thao-moi/']")
    assert page.locator("p.diff[lang=vi] del").count() == 1
    window.axe_clean()
    seen(window, "redraft")
    window.press("button[value=leave]")
    name, content = loaded(window, "a[href$='van-ban.docx']")
    assert name == "bao-cao-ke-hoach-2026-nam.docx"
    shown = pdf_text(by_office(content, tmp_path))
    for lines in (EXPECTED, ANNEXES):
        assert holds_in_order("\n".join(word_texts(content)), lines) is None
        assert holds_in_order(shown, lines) is None
    name, content = loaded(window, "a[href$='phu-luc.xlsx']")
    book = pdf_text(by_office(content, tmp_path, "xlsx"))
    wanted = ["Kết quả thực hiện các chỉ tiêu", "Tỷ lệ sử dụng dịch vụ công", "trực tuyến"]
    assert holds_in_order(book, wanted) is None
    window.go(f"{ADDRESS}van-ban/")
    window.axe_clean()
    window.go(f"{ADDRESS}so-voi-ky-truoc/")
    window.axe_clean()
    seen(window, "differences")


def test_the_head_reads_it_on_a_phone(year, windows):
    coordinator = windows("dieuphoi").sign_in("dieuphoi", PASSWORD)
    coordinator.go(ADDRESS)
    coordinator.press("form[action$='/bat-dau/'] button")
    head = windows("lanhdao", size=PHONE).sign_in("lanhdao", PASSWORD)
    for rest in ("", "so-voi-ky-truoc/", "../"):
        head.go(f"{ADDRESS}{rest}")
        head.axe_clean()
        head.fits()
    assert head.go(ADDRESS).locator("a[href*='/muc/']").count() == 0
