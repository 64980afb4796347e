"""The door of entries: who, when, what follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from competitions import workflow
from competitions.access import StateAssignedOutsideTheDoor
from competitions.models import Entry, EntryHistory, EntryVersion, Participation
from competitions.moves import Actor, OutsideTheDoor, Refused
from notifications.models import OutboxMail
from people.roles import Role
from tests.competitions import builders
from tests.ideas.builders import make_user

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def organiser():
    return make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)


@pytest.fixture
def competition(organiser):
    return builders.competition(organiser=organiser)


def refusal(entry, transition, actor, **data):
    with pytest.raises(Refused) as refused:
        workflow.move(entry, transition, actor, **data)
    return refused.value.answer.reason


def by(entry):
    return Actor.of(participant=builders.leader_of(entry))


def test_handing_in_gives_a_number_a_receipt_and_a_frozen_version(competition):
    entry = builders.handed_in(competition)
    assert (entry.state, entry.number, entry.code) == ("submitted", 1, f"{competition.code}-001")
    assert len(entry.blind_code) == 4
    version = EntryVersion.objects.get(entry=entry)
    assert version.number == 1 and "Nội dung bài dự thi." in version.payload
    line = EntryHistory.objects.get(entry=entry)
    assert (line.transition, line.from_state, line.to_state) == ("submit", "draft", "submitted")
    assert (line.actor_role, line.actor_name) == ("leader", "Người Dự Thi")
    letter = OutboxMail.objects.get()
    assert letter.to == builders.leader_of(entry).email
    assert entry.code in letter.subject and "Bài dự thi thử" not in letter.subject + letter.body


@pytest.mark.parametrize(
    ("edge", "offset", "reason"),
    [
        ("opens_at", -1, "entries_not_open_yet"),
        ("opens_at", 0, ""),
        ("opens_at", 1, ""),
        ("closes_at", -1, ""),
        ("closes_at", 0, "entries_closed"),
        ("closes_at", 1, "entries_closed"),
    ],
)
def test_the_servers_moment_decides_to_the_second(competition, edge, offset, reason):
    entry = builders.entry(competition, builders.participant())
    moment = getattr(competition.window("entry"), edge) + offset * SECOND
    answer = workflow.may(entry, "submit", by(entry), now=moment)
    assert answer.reason == reason
    if reason:
        assert refusal(entry, "submit", by(entry), now=moment) == reason
        assert not EntryVersion.objects.exists()
    else:
        assert workflow.move(entry, "submit", by(entry), now=moment).submitted_at == moment


def test_a_new_version_replaces_what_counts_and_the_old_one_stays(competition):
    entry = builders.handed_in(competition)
    Entry.objects.filter(pk=entry.pk).update(text="Bản sửa.")
    entry = workflow.move(entry, "resubmit", by(entry))
    assert entry.state == "submitted" and entry.number == 1
    first, second = entry.versions.all()
    assert "Nội dung" in first.payload and "Bản sửa." in second.payload


def test_what_an_entry_lacks_is_said(competition):
    person = builders.participant()
    entry = builders.entry(competition, person, title="", text="", consents=False)
    reasons = []
    for values in ({"title": "Có tên"}, {"text": "từ " * 1001}, {"text": "Vừa đủ."}):
        reasons.append(workflow.may(entry, "submit", by(entry)).reason)
        Entry.objects.filter(pk=entry.pk).update(**values)
        entry.refresh_from_db()
    reasons.append(workflow.may(entry, "submit", by(entry)).reason)
    assert reasons == ["title_missing", "text_missing", "too_many_words", "consent_missing"]


def test_only_the_leader_hands_in(competition, organiser):
    member = builders.participant()
    competition.team_most = 2
    competition.save()
    entry = builders.entry(competition, builders.participant(), member)
    for actor in (Actor.of(participant=member), Actor.of(user=organiser), Actor.of()):
        assert refusal(entry, "submit", actor) == "only_leader"


def test_one_entry_each_is_a_constraint(competition):
    from django.db import IntegrityError, transaction

    person = builders.participant()
    builders.entry(competition, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.entry(competition, person)


def test_who_withdrew_may_enter_anew(competition):
    entry = builders.handed_in(competition)
    person = builders.leader_of(entry)
    entry = workflow.move(entry, "withdraw", Actor.of(participant=person))
    assert entry.state == "withdrawn"
    assert not Participation.objects.filter(ended_at__isnull=True).exists()
    again = builders.handed_in(competition, person)
    assert again.code.endswith("-002")
    assert list(Entry.objects.of(person)) == [again]
    assert set(Entry.objects.ever_of(person)) == {entry, again}


def test_a_late_entry_is_the_organisers_act_with_a_reason(competition, organiser):
    closed = competition.window("entry").closes_at
    entry = builders.entry(competition, builders.participant())
    asked = {"now": closed + SECOND}
    assert refusal(entry, "submit_late", Actor.of(user=organiser)) == "entries_still_open"
    assert refusal(entry, "submit_late", by(entry), reason="Muộn", **asked) == "only_organiser"
    assert refusal(entry, "submit_late", Actor.of(user=organiser), **asked) == "reason_missing"
    late = workflow.move(entry, "submit_late", Actor.of(user=organiser), reason="Mất điện.", **asked)
    assert late.is_late and late.state == "submitted"
    assert late.history.get().reason == "Mất điện."


def test_another_organiser_has_no_say(competition):
    stranger = make_user("tochuc2", "", Role.ORGANISER)
    entry = builders.handed_in(competition)
    assert refusal(entry, "refuse", Actor.of(user=stranger), reason="x") == "only_organiser"


def test_refused_and_reinstated_with_reasons(competition, organiser):
    entry = builders.handed_in(competition)
    actor = Actor.of(user=organiser)
    assert refusal(entry, "refuse", actor) == "reason_missing"
    entry = workflow.move(entry, "refuse", actor, reason="Bài đã đạt giải nơi khác.")
    assert (entry.state, entry.public_reason) == ("refused", "Bài đã đạt giải nơi khác.")
    entry = workflow.move(entry, "reinstate", actor, reason="Đã xác minh lại.")
    assert (entry.state, entry.public_reason) == ("submitted", "")
    assert entry.versions.count() == 1


def test_a_transition_called_past_the_door_raises(competition):
    entry = builders.handed_in(competition)
    with pytest.raises(OutsideTheDoor):
        entry.withdraw(None)
    with pytest.raises(StateAssignedOutsideTheDoor):
        Entry.objects.update(state="withdrawn")
    with pytest.raises(TypeError):
        Entry.objects.all().delete()


def test_a_judge_and_an_organiser_do_not_enter(competition, organiser):
    entry = builders.entry(competition, builders.participant(user=organiser))
    assert workflow.may(entry, "submit", by(entry)).reason == "organises_or_judges"
    judge = make_user("giamkhao1", "", Role.JUDGE)
    other = builders.entry(competition, builders.participant(user=judge))
    assert workflow.may(other, "submit", by(other)).reason == ""
    competition.judges.create(user=judge, appointed_at=timezone.now())
    assert workflow.may(other, "submit", by(other)).reason == "organises_or_judges"
