"""Everything agreed to in one place: seen, withdrawn, proved; by the account, the mailbox or the code."""

from datetime import timedelta

import pytest
from django.utils import timezone

from competitions.consenting import HANDLE, PUBLISH_NAME, VOTE, subject_of
from competitions.holder import _change
from competitions.models import Vote
from ideas.models import IdeaContact
from ideas.suggestions import codes as idea_codes
from ideas.suggestions.consents import CREDIT
from plan.difficulties import codes as difficulty_codes
from plan.models import DifficultyContact
from tests.competitions import builders as competing
from tests.competitions import vote_builders
from tests.ideas.suggestion_builders import sent as sent_idea
from tests.people.builders import account
from tests.plan import voices_builders as voices
from trust.consents import Held, set_consents, standing
from trust.models import AuditEvent, Consent

pytestmark = pytest.mark.django_db


def by_code(client, code, **boxes):
    return client.post(f"/quyen-du-lieu/dong-y/ma/{code}/", boxes)


def test_by_its_code_a_sender_sees_and_withdraws_as_easily_as_given(client):
    idea = sent_idea()
    code = idea_codes.shown(idea.code)
    page = client.get(f"/quyen-du-lieu/dong-y/ma/{code}/")
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert (
        Consent.objects.filter(subject=idea.subject).first().wording.split("\n")[0] in page.content.decode()
    )
    response = by_code(client, code, subject=idea.subject, **{f"agree-{CREDIT}": "on"})
    assert response.status_code == 302
    assert set(standing(idea.subject)) == {CREDIT}
    contact = IdeaContact.objects.get(idea=idea)
    assert (contact.email, contact.phone) == ("", "")
    assert AuditEvent.objects.filter(action="consent.changed").count() == 1


def test_the_proof_keeps_what_was_withdrawn(client):
    idea = sent_idea()
    code = idea_codes.shown(idea.code)
    by_code(client, code, subject=idea.subject)
    text = client.get(f"/quyen-du-lieu/dong-y/ma/{code}/").content.decode()
    rows = Consent.objects.filter(subject=idea.subject)
    assert standing(idea.subject) == {}
    for row in rows:
        assert row.withdrawn_at is not None
        assert row.wording.split("\n")[0] in text


def test_a_code_opens_what_was_asked_with_that_letter_and_no_other(client):
    mine, other = sent_idea(), sent_idea(key="k2", proposal="Một ý tưởng khác hẳn về chợ")
    code = idea_codes.shown(mine.code)
    by_code(client, code, subject=other.subject)
    assert standing(other.subject)
    assert other.number not in client.get(f"/quyen-du-lieu/dong-y/ma/{code}/").content.decode()


def test_a_difficulty_s_code_works_the_same(client):
    row = voices.sent(key="c", text="Đường ngập", name="Người Nêu", email="neu@thu.example")
    by_code(client, difficulty_codes.shown(row.code), subject=row.subject)
    assert standing(row.subject) == {}
    assert not DifficultyContact.objects.filter(difficulty=row).exists()


def test_unknown_and_malformed_codes_look_alike(client):
    for code in ("YT-AAAA-AAAA-AAAA-AAAA", "khong-co"):
        assert client.get(f"/quyen-du-lieu/dong-y/ma/{code}/").status_code == 404


def test_whoever_is_not_known_is_told_how_to_be(client):
    page = client.get("/quyen-du-lieu/dong-y/").content.decode()
    assert "/tai-khoan/login/?next=" in page
    assert "/cuoc-thi/ma/?viec=mine" in page


def test_an_entrant_with_an_account_withdraws_the_name_and_is_led_to_the_entry_for_the_rest(client):
    competition, user = competing.competition(), account("duthi")
    participant = competing.participant(user=user)
    entry = competing.entry(competition, participant)
    subject = subject_of(participant, competition)
    set_consents(subject, (PUBLISH_NAME,), (PUBLISH_NAME,), timezone.now())
    client.force_login(user)
    page = client.get("/quyen-du-lieu/dong-y/").content.decode()
    assert f"/cuoc-thi/bai-cua-toi/{entry.pk}/" in page
    client.post("/quyen-du-lieu/dong-y/", {"subject": subject})
    assert set(standing(subject)) == {HANDLE}


def test_whoever_proved_a_mailbox_sees_their_own_and_nobody_else_s():
    competition = competing.competition()
    mine, other = competing.participant(), competing.participant()
    competing.entry(competition, mine)
    competing.entry(competition, other)
    client = vote_builders.proven(mine)
    page = client.get("/quyen-du-lieu/dong-y/").content.decode()
    assert subject_of(mine, competition) in page or competition.title in page
    client.post("/quyen-du-lieu/dong-y/", {"subject": subject_of(other, competition)})
    assert set(standing(subject_of(other, competition))) == {HANDLE}


def test_a_vote_taken_back_before_the_close_is_gone_after_it_only_its_trace():
    running = competing.competition(phase="vote")
    first, second = vote_builders.on_the_ballot(running, 2)
    voters = [competing.participant(), competing.participant()]
    vote_builders.cast(running, first, voters[0], network="10.0.0.1")
    vote_builders.cast(running, second, voters[1], network="10.0.0.2")
    window = running.window("vote")
    for voter, now in ((voters[0], timezone.now()), (voters[1], window.closes_at + timedelta(days=1))):
        held = Held(subject_of(voter, running), "x", (VOTE,))
        assert _change(held, frozenset(), now)
        assert not _change(held, frozenset(), now)
        assert standing(held.subject) == {}
    assert list(Vote.objects.values_list("participant", "network")) == [(voters[1].pk, "")]
