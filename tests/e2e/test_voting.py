"""A resident votes on a phone: from the list to the code in the letter to the vote that stands."""

import re

import pytest

from competitions.models import Vote
from notifications.models import OutboxMail
from tests.competitions import builders
from tests.competitions.test_vote_pages import photo, with_picture
from tests.competitions.vote_builders import on_the_ballot

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
ADDRESS = "ba.lan@thu.example"


def checked(phone):
    phone.axe_clean()
    phone.fits()
    return phone.page.inner_text("main")


def code_in_the_letter():
    return re.search(r"\b\d{6}\b", OutboxMail.objects.get(to=ADDRESS).subject)[0]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_resident_votes_on_a_phone_with_a_code_by_mail(windows, script):
    competition = builders.competition(phase="vote")
    entry, _file = with_picture(competition, photo())
    on_the_ballot(competition, 3)
    phone = windows("phone", size=PHONE, java_script_enabled=script)
    phone.go(f"/cuoc-thi/{competition.slug}/binh-chon/")
    check = checked if script else (lambda window: window.page.inner_text("main"))
    assert "Each person votes once" in check(phone)
    phone.press("a:has-text('Cầu mới')")
    assert "Tên Kín 5519" not in check(phone)
    phone.press("a:has-text('Vote for this entry')")

    # not known yet: an address, the code from the letter, and back to the very entry
    assert "/cuoc-thi/ma/" in phone.page.url
    phone.page.locator("#id_email").fill(ADDRESS)
    phone.press("main form button.btn-primary")
    phone.page.locator("#id_code").fill(code_in_the_letter())
    phone.press("main form button.btn-primary")
    assert phone.page.url.endswith(f"/binh-chon/{entry.code}/xac-nhan/")
    assert "neither changed nor taken back" in check(phone)

    # without the consent nothing is cast
    phone.press("main form button.btn-primary")
    assert "cannot be counted" in check(phone) and not Vote.objects.exists()
    phone.page.locator("#id_consent").check()
    phone.press("main form button.btn-primary")
    said = check(phone)
    assert "The vote is counted" in said and "for “Cầu mới”" in said
    vote = Vote.objects.get()
    assert (vote.entry, vote.participant.email) == (entry, ADDRESS)

    # a second try reads when
    phone.go(f"/cuoc-thi/{competition.slug}/binh-chon/{entry.code}/xac-nhan/")
    assert "A vote is not changed" in check(phone) and Vote.objects.count() == 1
