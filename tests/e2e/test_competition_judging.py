"""From the blind sheet to the certificate: judges score, the organiser closes and drafts, a second person
checks, the results go out and the certificate is verified."""

import re

import pytest
from django.utils import timezone

from competitions.models import AwardCertificate, EntrySheet, ResultList
from competitions.reference_data import load_reference_data
from people.roles import Role
from tests.competitions import judging_builders as judging
from tests.ideas.builders import PASSWORD, make_user

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
POINTS = ("8", "15", "15,5", "15", "12", "8", "4")


@pytest.fixture
def competition():
    load_reference_data()
    organiser = make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)
    make_user("duyetbai", "Lê Duyệt Bài", Role.PUBLISHER)
    page = judging.judged(organiser, entries=1, judges=2)
    page.phases.filter(code__in=("vote", "final")).delete()
    return judging.fresh(page)


def score(judge, page):
    """Types every criterion, sends, confirms."""
    fields = page.locator(".score-in input")
    assert fields.count() == len(POINTS)
    for number, points in enumerate(POINTS):
        fields.nth(number).fill(points)
    judge.axe_clean()
    judge.press("[data-send]")
    assert "77" in page.content()
    judge.axe_clean()
    return judge.press("button.btn-primary")


def test_from_the_blind_sheet_to_the_certificate(windows, competition):
    organiser = windows("organiser").sign_in("tochuc", PASSWORD)
    first = windows("first", size=PHONE).sign_in("giamkhao1", PASSWORD)
    first.go("/cuoc-thi/cham/")
    first.axe_clean()
    board = f"/cuoc-thi/to-chuc/{competition.code}/cham/"
    page = organiser.go(board)
    organiser.axe_clean()
    organiser.press("a[href$='so-khao/phan-cong/']")
    organiser.press("button.btn-primary")

    # the judge's list fills by itself
    entry = competition.entries.get()
    link = first.page.locator(f"a.main:has-text('{entry.title}')")
    first.until(lambda: link.count() == 1, "the entry did not appear")
    first.axe_clean()
    first.fits()
    page = first.press("a.main")
    body = page.content()
    assert entry.blind_code in body and "Thí Sinh Kín" not in body and entry.code not in body
    first.fits()
    score(first, page)

    # the organiser's board counts without being loaded anew
    counted = organiser.page.locator("main", has_text="1/2")
    organiser.until(lambda: counted.count() == 1, "the board did not change")
    second = windows("second").sign_in("giamkhao2", PASSWORD)
    sheet = EntrySheet.objects.get(judge__user__username="giamkhao2")
    score(second, second.go(sheet.get_absolute_url()))

    organiser.go(board)
    organiser.press("a[href$='so-khao/chot/']")
    organiser.press("button.btn-primary")
    organiser.axe_clean()
    results = f"/cuoc-thi/to-chuc/{competition.code}/ket-qua/"
    organiser.go(results)
    organiser.axe_clean()
    organiser.press("a[href$='du-thao/']")
    organiser.axe_clean()
    organiser.press("main form.panel button.btn-primary")
    assert organiser.page.locator("button[aria-disabled=true]").count() == 1  # not one's own draft

    checker = windows("checker", size=PHONE).sign_in("duyetbai", PASSWORD)
    checker.go(results)
    checker.axe_clean()
    checker.fits()
    checker.press("form[action$='kiem-tra/'] button")
    checker.press("a[href$='cong-bo/']")
    checker.axe_clean()
    page = checker.page
    page.locator("#id_number").fill("512/QĐ-UBND")
    page.locator("#id_on").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("input[name=signed_as][value=head]").check()
    page.locator("#id_signer_name").fill("Phạm Chủ Tịch")
    checker.press("main form button.btn-primary")
    assert ResultList.objects.get().state == "published"

    row = AwardCertificate.objects.select_related("certificate").get()
    anybody = windows("anybody", size=PHONE)
    page = anybody.go(f"/xac-minh/{row.certificate.code}/")
    assert re.search(row.certificate.number, page.content())
    anybody.axe_clean()
    anybody.fits()
