"""A whole meeting, through the pages alone: invitation, roll, ballot counters, secret ballot with its count,
conclusion, signed minutes, and the head's decision with number, date and signed file."""

import pytest
from django.utils import timezone

from ideas import evaluation
from ideas.models import Decision, Meeting, PaperSheet
from papers.models import OfficePaper
from tests.ideas import builders
from tests.papers.document_builders import pdf_text, word_texts

from .conftest import PHONE, SHOTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
PDF = {"name": "da-ky.pdf", "mimeType": "application/pdf", "buffer": builders.PDF}
MEETINGS = "/sang-kien/hoi-dong/hop/"


@pytest.fixture
def ward():
    return builders.make_ward()


def today():
    return f"{timezone.localdate():%d/%m/%Y}"


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main [name='{name}']").fill(value)


def loaded(window, selector):
    """The bytes of what a link downloads."""
    with window.page.expect_download() as waiting:
        window.page.locator(selector).first.click()
    return waiting.value.path().read_bytes()


def seen(window, name):
    """Looked at by rules and kept as a picture."""
    window.axe_clean()
    window.fits()
    SHOTS.mkdir(parents=True, exist_ok=True)
    window.page.screenshot(path=SHOTS / f"council-{name}.png", full_page=True)


def plan(secretary):
    page = secretary.go(f"{MEETINGS}moi/")
    fill(page, day=today(), time="08:00", place="Phòng họp tầng 2")
    for box in page.locator("[name=initiatives]").all():
        box.check()
    secretary.press("main form button.btn-primary")
    seen(secretary, "planned")


def take_the_roll(secretary, absent):
    page = secretary.press("form:has([value=open]) button.btn-primary")
    for row in page.locator("ul.roll > li").all():
        answer = "out" if absent in row.inner_text() else "in"
        row.locator(f"label:has(> input[value={answer}])").first.click()
    secretary.press("form:has([value=roll]) button")
    seen(secretary, "roll")


def name_the_counters(secretary, leader, member):
    page = secretary.page
    page.locator("main select[name=leader]").select_option(label=leader)
    page.locator(f"main label:has-text('{member}')").locator("xpath=..").locator("[name=members]").check()
    secretary.press("form:has([value=counters]) button")
    assert "leads the counting" in page.locator("section[aria-labelledby=kiem-phieu]").inner_text()


def count_the_ballots(secretary, **figures):
    page = secretary.page
    for name, value in figures.items():
        page.locator(f"[name$='-{name}']:visible").first.fill(str(value))
    page.locator("[name$='-conclusion'][value=recognise]").first.check()
    secretary.press("button[name=action][value=record]")


def enter_signed(window, paper):
    """Number, date and signed file of a paper of the meeting."""
    page = window.press(f"a[href$='giay-to/{paper}/']")
    fill(page, issued_on=today())
    page.locator("[name=file]").set_input_files(PDF)
    window.press("main form button.btn-primary")


def test_a_meeting_day_from_the_invitation_to_the_signed_decision(ward, windows):
    first, second = builders.evaluated(ward), builders.evaluated(ward, title="Họp không giấy")
    secretary = windows("thuky").sign_in("thuky", builders.PASSWORD)
    member = windows("hoidong1", size=PHONE).sign_in("hoidong1", builders.PASSWORD)
    head = windows("lanhdao").sign_in("lanhdao", builders.PASSWORD)

    # invitation with its agenda
    plan(secretary)
    member.rings()
    invitation = "\n".join(word_texts(loaded(secretary, "a[href$='giay-to/giay-moi.docx']")))
    assert first.code in invitation and second.code in invitation and first.title not in invitation

    # roll: one member absent, an alternate votes
    take_the_roll(secretary, absent="Đỗ Văn Hải")
    member.go(Meeting.objects.get().get_absolute_url())
    seen(member, "member-phone")

    # the first item by secret ballot
    secretary.press("button[name=action][value=secret]")
    assert secretary.page.get_by_text("Name the ballot counters first").is_visible()
    name_the_counters(secretary, "Vũ Thị Lan", "Hoàng Văn Sơn")
    seen(secretary, "ballot")
    figures = {"issued": 7, "returned": 7, "valid": 5, "invalid": 1, "votes_for": 5, "votes_against": 0}
    count_the_ballots(secretary, **figures)
    assert secretary.page.get_by_text("Valid 5 and invalid 1 make 6, not the 7 returned.").first.is_visible()
    count_the_ballots(secretary, valid=6, votes_against=1)

    # the second openly, short of two thirds
    secretary.press("button[name=action][value=open]")
    rows = secretary.page.locator("ul.roll > li:has(label.s-against)")
    for place, row in enumerate(rows.all()):
        row.locator("label.s-for" if place < 4 else "label.s-against").click()
    secretary.page.locator("[name$='-conclusion'][value=recognise]").check()
    secretary.press("button[name=action][value=record]")
    assert secretary.page.locator("[role=alert]").first.is_visible()  # four of seven are not two thirds
    secretary.page.locator("[name$='-conclusion'][value=decline]").check()
    secretary.press("button[name=action][value=record]")

    # conclusion, close
    before = head.unread()
    fill(secretary.page, conclusion="Đề nghị công nhận sáng kiến thứ nhất.")
    secretary.press("button[name=action][value=close]")
    seen(secretary, "closed")
    head.rings(before)

    # the papers say what happened; the signed ones are kept
    count = pdf_text(loaded(secretary, "a[href$='giay-to/kiem-phieu.pdf']"))
    for words in ("Tổ trưởng Tổ kiểm phiếu: ông (bà) Vũ Thị Lan", "Hoàng Văn Sơn", "5/7 thành viên (71,4 %)"):
        assert words in " ".join(count.split()), words
    minutes = "\n".join(word_texts(loaded(secretary, "a[href$='giay-to/bien-ban.docx']")))
    for words in (
        "Phát ra 7 phiếu, thu về 7 phiếu, hợp lệ 6 phiếu, không hợp lệ 1 phiếu.",
        "Ủy viên dự khuyết biểu quyết thay: Trịnh Thu Hiền (thay Đỗ Văn Hải).",
        "không đề nghị công nhận sáng kiến",
        "Đề nghị công nhận sáng kiến thứ nhất.",
    ):
        assert words in minutes, words
    enter_signed(secretary, "bien-ban")
    enter_signed(secretary, "kiem-phieu")
    assert OfficePaper.objects.filter(file__gt="").count() == 2

    # the head decides: number, date, signed file
    page = head.go("/sang-kien/quyet-dinh/")
    seen(head, "decide")
    assert page.locator(f"[name=initiatives][value='{second.code}']").count() == 0
    page.locator(f"[name=initiatives][value='{first.code}']").check()
    fill(page, number="468/QĐ-UBND", decided_on=today())
    page.locator("[name=file]").set_input_files(PDF)
    head.press("main form button.btn-primary")
    head.go(f"/sang-kien/ho-so/{second.code}/buoc/decline/")
    fill(head.page, public_reason="Chưa đủ 2/3 số ghế đồng ý.")
    head.press("main form button.btn-primary, main form button.btn-danger")
    assert builders.fresh(first).state == "recognised" and builders.fresh(second).state == "declined"
    decision = Decision.objects.get(initiative=first)
    assert (decision.number, decision.decided_on) == ("468/QĐ-UBND", timezone.localdate())
    assert len(decision.sha256) == 64


def test_a_paper_sheet_from_print_to_sent_and_the_pages_of_the_council_room(ward, windows):
    """Declared, printed, keyed by two, set right where they differ; every page looked at on both widths."""
    dossier = builders.evaluating(ward, declared=False)
    builders.evaluated(ward, title="Đã khóa chấm")
    member = windows("hoidong1", size=PHONE).sign_in("hoidong1", builders.PASSWORD)
    member.go("/sang-kien/phieu-cham/")
    seen(member, "declare-list-phone")
    sheet = dossier.sheets.get(staff=ward.hoidong1.staff)
    member.go(sheet.get_absolute_url())
    seen(member, "declare-phone")
    member.press("form[action$='/khong-xung-dot/'] button.btn-primary")
    assert member.page.locator("input[name^='points-']").count() == 3

    builders.send_sheet(dossier.sheets.get(staff=ward.thuky.staff))
    secretary = windows("thuky").sign_in("thuky", builders.PASSWORD)
    secretary.go("/sang-kien/hoi-dong/")
    seen(secretary, "board")
    secretary.go(f"/sang-kien/hoi-dong/phieu/{dossier.code}/")
    seen(secretary, "sheets-of")
    assert loaded(secretary, "form[action$='/in-giay/'] button").startswith(b"%PDF")
    paper = PaperSheet.objects.get(sheet=dossier.sheets.get(staff=ward.hoidong2.staff))

    clerk = windows("vanthu", size=PHONE).sign_in("vanthu", builders.PASSWORD)
    page = clerk.go("/sang-kien/phieu-giay/")
    seen(clerk, "papers-phone")
    fill(page, ma=paper.shown_code)
    clerk.press("main form button.btn-primary")
    for points in page.locator("input[name^='points-']").all():
        points.fill("24,5")
    page.locator("[name=scan]").set_input_files(PDF)
    page.locator("[name=is_signed]").check()
    seen(clerk, "key-phone")
    clerk.press("main form button.btn-primary")
    seen(clerk, "keyed-phone")

    page = secretary.go(paper.get_absolute_url())
    for points in page.locator("input[name^='points-']").all():
        points.fill("24,5")
    page.locator("input[name='points-ap-dung']").fill("29,5")
    page.locator("[name=is_signed]").check()
    secretary.press("main form button.btn-primary")
    seen(secretary, "compare")
    fill(page, **{"points-ap-dung": "24,5", "reason": "Đọc nhầm số 4 thành 9"})
    secretary.press("main form button.btn-primary")
    paper.sheet.refresh_from_db()
    assert paper.sheet.state == "submitted"

    secretary.go("/sang-kien/hoi-dong/phu-trach/")
    seen(secretary, "leads")
    secretary.press("form[action$='/de-xuat/'] button")
    seen(secretary, "leads-preview")
    secretary.press("main form[method=post] button.btn-primary")
    seen(secretary, "leads-assigned")
    secretary.go("/sang-kien/hoi-dong/xep-hang/")
    seen(secretary, "ranking")
    lead = dossier.leads.get()
    evaluation.confirm_no_conflict(lead.staff.user, [dossier.sheets.get(staff=lead.staff)])
    writer = windows("lead", size=PHONE).sign_in(lead.staff.user.username, builders.PASSWORD)
    page = writer.go(f"/sang-kien/hoi-dong/phu-trach/{dossier.code}/y-kien/")
    fill(page, comment="Cần hỏi thêm về số liệu tháng 9.")
    writer.press("main form button.btn-primary")
    seen(writer, "comment-phone")
