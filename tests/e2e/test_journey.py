"""The journey of one dossier from draft to certificate, as its people live it: through the pages alone.

Everybody sits at a browser of their own (author and co-author share one); who is told of something sees the
bell ring and the row change in the window that stood open, without loading the page anew.
"""

import re

import pytest
from django.utils import timezone

from ideas.models import Initiative
from tests.ideas import builders

from .conftest import PHONE
from .qr import link_on

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Két số 7431 sau bảng tin"
WORK = "/viec-cua-toi/"
VOTERS = ("chutich", "phochutich", "thuky", "hoidong1", "hoidong2", "hoidong3", "hoidong4")
PDF = {"name": "minh-chung.pdf", "mimeType": "application/pdf", "buffer": builders.PDF}


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def desks(ward, windows):
    """Everybody but the authors at their desk, the work page open; one of them on a phone."""
    seats = {}
    for username in (*VOTERS, "hoidong5", "lanhdao"):
        size = {"size": PHONE} if username == "hoidong1" else {}
        seats[username] = windows(username, **size).sign_in(username, builders.PASSWORD)
    return seats


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main [name='{name}']").fill(value)


def save(window):
    """The step's main button: save, go on."""
    window.press("form#buoc .actions button.btn-primary")


def write_the_draft(author, title):
    page = author.go("/sang-kien/ho-so/moi/")
    fill(page, title=title)
    author.press("main form button.btn-primary")
    code = re.search(r"/ho-so/(SK-[^/]+)/", page.url)[1]
    page.locator("[name=kind][value=operational_solution]").check()
    page.locator("[name=field]").select_option(index=1)
    fill(page, problem="Hồ sơ liên thông trả chậm vì không ai nhắc hạn.")
    save(author)
    add_the_co_author(author)
    save(author)
    page.locator("[name=uses_public_money]").last.check()
    first_used = timezone.localdate() - timezone.timedelta(days=90)
    fill(page, investor="UBND phường Hưng Đạo", first_applied_on=f"{first_used:%d/%m/%Y}")
    save(author)
    fill(
        page,
        prior_state="Hồ sơ ghi ở ba sổ khác nhau.",
        description="Một bảng màu dùng chung: xanh còn hạn, vàng còn 2 ngày, đỏ quá hạn.",
        novelty="Ba bộ phận cùng nhìn một bảng.",
        applicability="Mọi đơn vị có hồ sơ liên thông.",
        conditions="Một máy tính có mạng.",
    )
    save(author)
    fill(
        page,
        benefit_by_author="Số hồ sơ trả chậm giảm từ 14 xuống 2 mỗi tháng.",
        public_summary="Bảng màu dùng chung giúp hồ sơ liên thông trả đúng hẹn.",
    )
    save(author)
    page.locator("[name=files]").set_input_files(PDF)
    page.locator("[name=has_confidential_part]").first.check()
    fill(page, confidential_part=SECRET)
    save(author)
    return code


def add_the_co_author(author):
    page = author.page
    author.press("#add-author")
    fill(page, q="do minh tuan")  # without accents, as people type
    author.press("main form[role=search] button")
    page.locator("[name=staff]").first.check()
    fill(page, share="40")
    author.press("form[method=post] button.btn-primary:visible")
    shares = page.locator("input[name^='share']")
    shares.nth(0).fill("60")
    shares.nth(1).fill("40,00")


def submit(author, code):
    page = author.go(f"/sang-kien/ho-so/{code}/sua/7/")
    page.locator("[name=pledge]").check()
    save(author)
    assert re.search(rf"/ho-so/{code}/$", page.url), page.url


def follow_the_toast(window):
    """What the toast says leads where the work is."""
    window.press("[data-toasts] [data-link]")
    return window.page


def take_step(window, code, step, **words):
    """A step from the dossier's page: its button, then its own page."""
    page = window.go(f"/sang-kien/ho-so/{code}/")
    window.press(f"#viec-{step}")
    fill(page, **words)
    window.press("main form button.btn-primary, main form button.btn-danger")


def tick_the_checklist(secretary, code):
    page = secretary.go(f"/sang-kien/ho-so/{code}/kiem-tra/")
    while (right := page.locator("form:has([name=done][value='1']) button")).count():
        with page.expect_navigation():
            right.first.click()


def send_a_sheet(window, address):
    """First the declaration that no conflict of interest stands between, then points, then sent."""
    page = window.go(address)
    window.press("form[action$='/khong-xung-dot/'] button.btn-primary")
    for points in page.locator(".score-in input").all():
        points.fill("24,5")
    fill(page, comment="Làm được, có số liệu.")
    window.press("button[name=act][value=send]")
    window.press("main form button.btn-primary")


def sheet_of(window):
    """The way to one's sheet from the work page."""
    page = window.go(WORK)
    return page.locator("main a[href*='/phieu-cham/']").first.get_attribute("href")


def stand_aside(window):
    page = window.go(sheet_of(window))
    window.press("a[href$='/khong-cham/']")
    fill(page, reason="Em ruột của tác giả.")
    window.press("main form button.btn-danger")


def watch_the_board(secretary, code):
    page = secretary.go("/sang-kien/hoi-dong/")
    return page.locator(f"tr:has-text('{code}')")


def choose_all(page, labels):
    for label in page.locator(labels).all():
        label.click()
        assert label.locator("input").is_checked()


def hold_the_meeting(secretary, chair, code):
    """Planned by the secretary; opened, voted and closed in the chair's window."""
    page = secretary.go("/sang-kien/hoi-dong/hop/moi/")
    fill(page, day=f"{timezone.localdate():%d/%m/%Y}", time="08:00", place="Phòng họp tầng 2")
    page.locator("[name=initiatives]").first.check()
    secretary.press("main form button.btn-primary")
    page = secretary.page
    secretary.press("form:has([value=open]) button.btn-primary")
    choose_all(page, "label:has(> input[name^='seat-'][value=in])")
    secretary.press("form:has([value=roll]) button")
    secretary.press("button[name=action][value=open]")
    choose_all(page, "label:has(> input[name*='-seat-'][value=yes])")
    page.locator("[name$='-conclusion'][value=recognise]").check()
    secretary.press("button[name=action][value=record]")
    fill(page, conclusion="Đề nghị công nhận.")
    secretary.press("button[name=action][value=close]")


def decide(head, code):
    page = head.go("/sang-kien/quyet-dinh/")
    page.locator(f"[name=initiatives][value='{code}']").check()
    fill(page, number="468/QĐ-UBND", decided_on=f"{timezone.localdate():%d/%m/%Y}")
    page.locator("[name=file]").set_input_files({**PDF, "name": "quyet-dinh-468.pdf"})
    head.press("main form button.btn-primary")


def certify(authors, windows, portal, code, folder):
    """The QR of the author's certificate opens the page that says it is valid; the public reads the card."""
    page = authors.go(f"/sang-kien/ho-so/{code}/")
    with page.expect_download() as downloading:
        page.locator("a[download][href*='/giay-chung-nhan/']").first.click()
    link = link_on(downloading.value.path().read_bytes(), folder)
    public = windows("public")
    assert link.startswith(f"{portal.origin}/xac-minh/")
    public.go(link)
    assert "Bùi Thị Ngọc" in public.page.locator("main").inner_text()
    assert public.page.locator("main .state-good, main .state-ok, main .note-ok").count()
    public.axe_clean()
    public.go(f"/sang-kien/{code}/")
    shown = public.page.content()
    assert "Nhắc hạn hồ sơ bằng bảng màu dùng chung" in shown
    assert SECRET not in shown
    public.axe_clean()


def test_a_dossier_goes_from_draft_to_certificate(ward, desks, windows, portal, tmp_path):
    authors = windows("tacgia").sign_in("tacgia", builders.PASSWORD)
    secretary, chair, head = desks["thuky"], desks["chutich"], desks["lanhdao"]

    # draft → confirmed → submitted
    code = write_the_draft(authors, "Nhắc hạn hồ sơ bằng bảng màu dùng chung")
    authors.sign_in("dongtacgia", builders.PASSWORD)
    assert authors.unread() == 1
    authors.press("a[href$='/xac-nhan/']")
    authors.press("main form button.btn-primary")
    authors.sign_in("tacgia", builders.PASSWORD)
    submit(authors, code)
    secretary.rings()

    # supplement → resubmitted → accepted
    told, heard = authors.unread(), secretary.unread()
    take_step(secretary, code, "request_supplement", reason="Thiếu xác nhận của nơi dùng thử.")
    authors.rings(told)
    heard = secretary.unread()
    submit(authors, code)
    secretary.rings(heard)
    tick_the_checklist(secretary, code)
    told = authors.unread()
    take_step(secretary, code, "accept")
    authors.rings(told)

    # a sheet from every seat; one member stands aside, an alternate takes over
    take_step(secretary, code, "start_evaluation")
    for username in VOTERS:
        if username != "thuky":
            desks[username].rings()
    row = watch_the_board(secretary, code)
    secretary.until(lambda: "0/7" in row.inner_text(), "0/7 in")
    stand_aside(desks["hoidong3"])
    desks["hoidong5"].rings()
    scorers = ["chutich", "phochutich", "hoidong1", "hoidong2", "hoidong4", "hoidong5"]
    for number, username in enumerate(scorers, 1):
        send_a_sheet(desks[username], sheet_of(desks[username]))
        secretary.until(lambda number=number: f"{number}/7" in row.inner_text(), f"{number}/7 in")
    before = chair.unread()
    send_a_sheet(secretary, sheet_of(secretary))
    chair.rings(before)  # the last sheet closes the scoring

    # meeting → recognised
    before = desks["hoidong2"].unread()
    head_before = head.unread()
    hold_the_meeting(secretary, chair, code)
    desks["hoidong2"].rings(before)
    head.rings(head_before)
    told = authors.unread()
    decide(head, code)
    authors.rings(told)

    certify(authors, windows, portal, code, tmp_path)
    initiative = Initiative.objects.get(code=code)
    assert (initiative.state, initiative.sheets.filter(state="recused").count()) == ("recognised", 1)
