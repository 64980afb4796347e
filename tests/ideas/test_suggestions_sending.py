"""The letter box: what is taken in, what is not, and that nothing typed is lost."""

import threading
import unicodedata
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from ideas.models import Idea, IdeaContact
from ideas.suggestions import codes, guard, log, owing, triage
from ideas.suggestions.consents import CONTACT, CREDIT, PUBLISH
from notifications.models import Notification, OutboxMail
from obligations.days_off import announce_day
from obligations.models import Obligation
from tests.html import assert_sound
from trust import letterbox
from trust.models import Consent

from . import builders
from . import suggestion_builders as ideas

pytestmark = pytest.mark.django_db
SEND = "/y-tuong/"


@pytest.fixture
def public(client):
    client.cookies["ngon_ngu"] = "en"
    return client


def test_an_idea_without_name_or_address_arrives_and_gets_its_paper(public):
    ward = builders.make_ward()
    answer = public.post(SEND, ideas.form_data())
    idea = Idea.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{codes.address(idea.code)}phieu/")
    assert (idea.trouble, idea.proposal, idea.place) == (ideas.TROUBLE, ideas.PROPOSAL, "Tổ 4")
    year = timezone.localdate().year
    assert (idea.number, idea.state, len(idea.code)) == (f"YT-{year}-HD01", "received", 16)
    assert (
        Consent.objects.count(),
        IdeaContact.objects.count(),
        OutboxMail.objects.filter(recipient=None).count(),
    ) == (0, 0, 0)
    told = Notification.objects.filter(event="ideas.idea_received")
    assert {n.recipient.username for n in told} == {ward.thuky.username}
    paper = public.get(answer.url)
    assert codes.shown(idea.code) in paper.content.decode()
    assert paper.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in paper.headers["Cache-Control"]
    assert_sound(paper.content)


def test_the_form_is_sound_and_keeps_nothing_ticked_beforehand(public):
    page = public.get(SEND)
    text = page.content.decode()
    assert page.status_code == 200
    assert_sound(page.content)
    assert "checked" not in text.partition("<main")[2].partition("</main>")[0]
    assert "15 working days" in text


def test_with_consents_the_contact_is_kept_and_the_code_goes_out_by_mail(public):
    builders.make_ward()
    data = ideas.form_data(name=ideas.NAME, email=ideas.EMAIL, phone=ideas.PHONE)
    public.post(SEND, data | {f"agree-{CONTACT}": "on", f"agree-{CREDIT}": "on"})
    idea = Idea.objects.get()
    assert (idea.contact.name, idea.contact.email, idea.contact.phone) == (
        ideas.NAME,
        ideas.EMAIL,
        ideas.PHONE,
    )
    consents = {c.purpose: c for c in Consent.objects.filter(subject=idea.subject)}
    assert set(consents) == {CONTACT, CREDIT}
    assert "erased a year after" in consents[CONTACT].wording
    mail = OutboxMail.objects.get(recipient=None)
    assert (mail.to, codes.shown(idea.code) in mail.subject) == (ideas.EMAIL, True)
    for secret in (ideas.NAME, ideas.PHONE, ideas.PROPOSAL, ideas.TROUBLE, idea.number):
        assert secret not in mail.subject + mail.body


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": ideas.EMAIL}, f"agree-{CONTACT}"),
        ({"phone": ideas.PHONE}, f"agree-{CONTACT}"),
        ({"name": ideas.NAME}, "name"),
        ({f"agree-{CONTACT}": "on"}, "email"),
        ({f"agree-{CREDIT}": "on"}, "name"),
        ({"email": "không phải thư", f"agree-{CONTACT}": "on"}, "email"),
        ({"phone": "không biết", f"agree-{CONTACT}": "on"}, "phone"),
        ({"trouble": " "}, "trouble"),
        ({"proposal": ""}, "proposal"),
        ({"proposal": "x" * 10_001}, "proposal"),
    ],
)
def test_what_does_not_fit_is_said_by_its_field_and_what_was_typed_stays(public, values, field):
    answer = public.post(SEND, ideas.form_data(**values))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Idea.objects.count() == 0
    text = answer.content.decode()
    assert ideas.TROUBLE in text or values.get("trouble")
    assert 'role="alert"' in text
    assert_sound(answer.content)


def test_ten_thousand_characters_arrive_whole_and_composed(public):
    builders.make_ward()
    long = ("Đường ngập mỗi khi mưa lớn. " * 400)[:10_000].strip()
    answer = public.post(SEND, ideas.form_data(trouble=unicodedata.normalize("NFD", long)))
    assert answer.status_code == 302
    assert Idea.objects.get().trouble == long


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"website": "http://mua-ban.example"}, "field that people do not see"),
        ({"stamp": 1}, "came back at once"),
        ({"stamp": 25 * 3600}, "open for more than a day"),
        ({"stamp": "giả"}, "open for more than a day"),
        ({"stamp": ""}, "open for more than a day"),
    ],
)
def test_the_guard_refuses_programs_and_a_person_just_sends_again(public, values, words, monkeypatch):
    builders.make_ward()
    values = {k: ideas.stamp(age=v) if isinstance(v, int) else v for k, v in values.items()}  # seconds old
    refused = public.post(SEND, ideas.form_data(**values))
    assert (refused.status_code, Idea.objects.count()) == (422, 0)
    assert words in refused.content.decode()
    form = refused.context["form"]
    assert (form["website"].value(), form["proposal"].value()) == ("", ideas.PROPOSAL)
    again = ideas.form_data(stamp=form["stamp"].value(), website=form["website"].value())
    key, _age = guard.BOX.read_stamp(again["stamp"])
    assert key
    monkeypatch.setattr(letterbox, "MIN_SECONDS", 0)  # some seconds later
    assert public.post(SEND, again).status_code == 302


def test_one_connection_sends_ten_an_hour_and_loses_nothing_typed(public):
    builders.make_ward()
    for n in range(10):
        assert (
            public.post(SEND, ideas.form_data(proposal=f"Ý thứ {n}", stamp=ideas.stamp())).status_code == 302
        )
    refused = public.post(SEND, ideas.form_data(proposal="Ý thứ mười một"))
    assert (refused.status_code, Idea.objects.count()) == (429, 10)
    assert "Ý thứ mười một" in refused.content.decode()
    assert refused.headers["Retry-After"] == "3600"
    cache.clear()
    assert public.post(SEND, ideas.form_data(proposal="Ý thứ mười một")).status_code == 302


def test_pressing_twice_is_one_idea(public):
    builders.make_ward()
    data = ideas.form_data()
    first, second = public.post(SEND, data), public.post(SEND, data)
    assert (first.status_code, second.status_code, first.url == second.url) == (302, 302, True)
    assert (Idea.objects.count(), Obligation.objects.filter(kind=owing.ANSWER).count()) == (1, 1)
    other = public.post(SEND, data | {"proposal": "Một ý khác từ cùng trang"})
    assert (other.status_code, Idea.objects.count()) == (302, 2)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_idea():
    builders.make_ward()
    data, answers = ideas.form_data(), []

    def press():
        answers.append(Client().post(SEND, data))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert Idea.objects.count() == 1


def test_the_same_words_from_another_page_are_taken_once(public):
    ward = builders.make_ward()
    ideas.sent(key="first")
    shouted = unicodedata.normalize("NFD", ideas.PROPOSAL.upper())
    refused = public.post(SEND, ideas.form_data(proposal=shouted))
    assert (refused.status_code, Idea.objects.count()) == (422, 1)
    assert "sent before" in refused.content.decode()
    idea = Idea.objects.get()
    triage.close(idea, ward.thuky, "spam", seen=log.last_seen(idea))
    assert public.post(SEND, ideas.form_data(proposal=shouted)).status_code == 302


def test_the_answer_is_due_after_fifteen_working_days_and_tet_is_none():
    # Tết 2027: 06/02 is the first day of the lunar year; 04/02 is a Thursday before it.
    assert owing.answer_due(date(2026, 10, 12)) == date(2026, 11, 2)
    assert owing.answer_due(date(2026, 10, 11)) == date(2026, 10, 30)  # a Sunday: its Monday is the first day
    before_tet = owing.answer_due(date(2027, 2, 4))
    assert before_tet > date(2027, 2, 25)  # fifteen weekdays later without the holiday
    announce_day(before_tet, works=False, note="TB 1", by="Quản trị")
    assert owing.answer_due(date(2027, 2, 4)) > before_tet


def test_the_term_is_a_setting(settings):
    settings.IDEA_ANSWER_WORKING_DAYS = 5
    assert owing.answer_due(date(2026, 10, 12)) == date(2026, 10, 19)


def test_numbers_run_through_the_year_and_codes_are_random():
    builders.make_ward()
    made = ideas.many(3)
    assert [idea.number[-4:] for idea in made] == ["HD01", "HD02", "HD03"]
    assert len({idea.code for idea in made}) == 3


def test_without_any_consent_nothing_of_the_person_is_kept():
    builders.make_ward()
    idea = ideas.sent(agreed=frozenset({PUBLISH}))
    assert not IdeaContact.objects.filter(idea=idea).exists()
    named = ideas.sent(key="k2", proposal="Ý khác", agreed=frozenset({CREDIT}))
    assert (named.contact.name, named.contact.email, named.contact.phone) == (ideas.NAME, "", "")


def test_a_form_without_a_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    assert client.post(SEND, ideas.form_data()).status_code == 403
    assert Idea.objects.count() == 0
