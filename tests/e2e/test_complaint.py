"""A complaint about a decision, from filing to reconsideration, through the pages alone."""

import pytest

from ideas.models import Complaint, ScoreSheet
from tests.ideas import builders

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def ward():
    return builders.make_ward()


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main [name='{name}']").fill(value)


def looked_at(window):
    window.axe_clean()
    window.fits()
    return window.page


def test_a_complaint_goes_from_filing_to_new_sheets(ward, windows):
    dossier = builders.declined(ward)
    address = dossier.get_absolute_url()
    author = windows("tacgia", size=PHONE).sign_in("tacgia", builders.PASSWORD)
    head = windows("lanhdao").sign_in("lanhdao", builders.PASSWORD)

    # the author files it, on a phone; an empty one is not sent
    author.go(f"{address}khieu-nai/")
    looked_at(author)
    author.press("a[href$='/khieu-nai/moi/']")
    author.press("main form button.btn-primary")
    assert author.page.locator("[role=alert]").first.is_visible()
    looked_at(author)
    fill(author.page, text="Hội đồng chưa xem số liệu tháng 9 trong minh chứng.")
    author.press("main form button.btn-primary")
    looked_at(author)
    head.rings()
    complaint = Complaint.objects.get()
    assert (complaint.against_state, complaint.complainant) == ("declined", "Bùi Thị Ngọc")

    # once: a second one finds the first still open
    assert author.page.locator("a[href$='/khieu-nai/moi/']").count() == 0

    # the head takes it up and accepts it
    head.go("/sang-kien/quyet-dinh/khieu-nai/")
    looked_at(head)
    head.go(f"{address}khieu-nai/")
    looked_at(head)
    head.press("a[href$='/thu-ly/']")
    looked_at(head)
    head.press("main form button.btn-primary")
    head.press("a[href$='/giai-quyet/']")
    looked_at(head)
    head.page.locator("[name=outcome][value=accepted]").check()
    fill(head.page, answer="Khiếu nại có căn cứ: xét lại với số liệu tháng 9.")
    told = author.unread()
    head.press("main form button.btn-primary")
    author.rings(told)
    author.go(f"{address}khieu-nai/")
    assert "Khiếu nại có căn cứ" in looked_at(author).locator("main").inner_text()

    # considered again: the dossier is back with the council, every seat has a new sheet to declare on
    told, member = author.unread(), windows("hoidong1").sign_in("hoidong1", builders.PASSWORD)
    before = member.unread()
    head.go(f"{address}buoc/reconsider/")
    looked_at(head)
    reason = head.page.locator("main [name=reason]")
    if reason.count():
        reason.fill("Chấp nhận khiếu nại.")
    head.press("main form button.btn-primary")
    author.rings(told)
    member.rings(before)
    assert builders.fresh(dossier).state == "evaluating"
    fresh = ScoreSheet.objects.current().filter(initiative=dossier)
    assert fresh.count() == 7 and not fresh.filter(no_conflict_at__isnull=False).exists()
    assert builders.fresh(dossier).complaints.get().used
    member.go(fresh.get(staff=ward.hoidong1.staff).get_absolute_url())
    looked_at(member)
    assert member.page.locator("form[action$='/khong-xung-dot/']").count() == 1
