"""A quiz sat through on a phone, with and without script; and one whose time runs out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from competitions.models import Answer, Entry, Sitting
from tests.competitions import builders
from tests.competitions.quiz_builders import draft, quiz, right_of
from tests.ideas.builders import PASSWORD, make_user

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def entrant():
    return make_user("canbo", "Lý Văn Thường")


@pytest.fixture
def competition(entrant):
    competition = quiz(questions_each=3)
    draft(competition, builders.participant(user=entrant))
    return competition


def at(competition, tail=""):
    return f"/cuoc-thi/{competition.slug}/thi/{tail}"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_quiz_is_sat_through(competition, windows, script):
    phone = windows("phone", size=PHONE, java_script_enabled=script).sign_in("canbo", PASSWORD)

    def look():
        if script:
            phone.axe_clean()
            phone.fits()
        return phone.page.inner_text("main")

    phone.go(at(competition))
    assert "20 minutes" in look() and not Sitting.objects.exists()
    phone.press("main form button.btn-primary")
    sat = Sitting.objects.get()
    for number in (1, 2, 3):
        assert "left" in look()
        phone.page.locator(f"input[name=choice][value='{right_of(sat, number)}']").check()
        if script:  # kept as soon as it is chosen
            phone.until(lambda: "Saved at" in phone.page.inner_text("[data-quiz-saved]"))
            assert Answer.objects.filter(sitting=sat).count() == number
        phone.press("form[data-quiz-answer] button.btn-primary")
        assert Answer.objects.filter(sitting=sat).count() == number
    assert "3 of 3 questions have an answer" in look()
    phone.press("form[data-quiz-hand-in] button.btn-primary")
    assert "The quiz is handed in" in look()
    sat.refresh_from_db()
    assert sat.right == 3 and Entry.objects.get().state == "submitted"


def test_at_zero_the_quiz_hands_itself_in(competition, windows):
    phone = windows("phone", size=PHONE).sign_in("canbo", PASSWORD)
    phone.go(at(competition))
    phone.press("main form button.btn-primary")
    sat = Sitting.objects.get()
    ends = timezone.now() + timedelta(seconds=8)
    Sitting.objects.filter(pk=sat.pk).update(ends_at=ends)
    phone.go(at(competition, "1/"))
    phone.page.locator(f"input[name=choice][value='{right_of(sat, 1)}']").check()
    phone.page.wait_for_url(f"**{at(competition)}")
    sat.refresh_from_db()
    assert (sat.right, sat.handed_in_at) == (1, ends)
    assert "The quiz is handed in" in phone.page.inner_text("main")


def test_the_organisers_pages_hold_on_a_phone(entrant, windows):
    from people.roles import Role
    from tests.competitions.quiz_builders import bank

    organiser = make_user("tochuc", "", Role.ORGANISER)
    hidden = quiz(questions=0, live=False, organiser=organiser)
    bank(hidden, 2)
    over = builders.competition(phase="over", organiser=organiser)
    from competitions.voting import counting
    from tests.competitions.vote_builders import on_the_ballot, votes

    votes(on_the_ballot(over, 2)[0], 12, network="a" * 64)
    counting.freeze(over, timezone.now())
    phone = windows("desk", size=PHONE).sign_in("tochuc", PASSWORD)
    bank_of, desk_of = (f"/cuoc-thi/to-chuc/{c.code}/" for c in (hidden, over))
    question = hidden.questions.first().pk
    paths = [f"{bank_of}cau-hoi/{tail}" for tail in ("", "moi/", "nhap/", f"{question}/", f"{question}/xoa/")]
    paths += [f"{desk_of}binh-chon/{tail}" for tail in ("", "phieu/")]
    for path in paths:
        phone.go(path)
        phone.axe_clean()
        phone.fits()
    phone.page.locator("tbody input[type=checkbox]").first.check()
    phone.press("[data-bulk] button.btn-secondary")
    phone.axe_clean()
    assert "Void 1 vote?" in phone.page.inner_text("main")
