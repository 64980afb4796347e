"""The team: invited by name and address, answered for by each person, left, changed."""

import pytest
from django.utils import timezone

from competitions.entering import team
from competitions.models import Entry, Invitation, Participant, Participation
from notifications.models import Notification, OutboxMail
from people.roles import Role
from tests.html import assert_sound
from tests.ideas.builders import make_user
from trust.consents import given, standing

from . import builders
from .entrants import ALL_CONSENTS, MINE, SECOND, at, browser, fresh, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEEDED = ["competition-entry"]


@pytest.fixture
def competition():
    return builders.competition(team_most=3, min_age=16)


@pytest.fixture
def leader():
    return builders.participant("hoa@thu.example", full_name="Nguyễn Thị Hoa", birth_date="2000-01-01")


@pytest.fixture
def entry(competition, leader):
    return builders.entry(competition, leader, title="Bài của đội")


@pytest.fixture
def client(leader):
    return browser(leader)


@pytest.fixture
def member():
    return builders.participant("minh@thu.example", full_name="", place="")


def invite(client, entry, email="minh@thu.example", name="Đỗ Văn Minh"):
    return client.post(url(entry, "doi/"), {"full_name": name, "email": email})


def invited(client, entry, **more):
    invite(client, entry, **more)
    return Invitation.objects.latest("pk")


def way(invitation):
    return f"{MINE}loi-moi/{invitation.pk}/"


def yes(client, invitation, **answers):
    values = {"full_name": "Đỗ Văn Minh", "birth_date": "05/05/2005", "consents": NEEDED}
    return client.post(way(invitation), values | answers)


def members(entry):
    places = Participation.objects.filter(entry=entry, ended_at__isnull=True).order_by("role", "pk")
    return [(str(place.participant), place.role) for place in places.select_related("participant")]


def test_an_invitation_goes_by_letter_without_name_or_title(client, entry):
    page = client.get(url(entry, "doi/"))
    assert_sound(page.content)
    answer = invite(client, entry, name="Đỗ Va\u0306n Minh")
    assert (answer.status_code, answer.url) == (302, url(entry, "doi/"))
    invitation = Invitation.objects.get()
    assert (invitation.full_name, invitation.answer) == ("Đỗ Văn Minh", "waiting")
    letter = OutboxMail.objects.get()
    assert letter.to == "minh@thu.example"
    assert way(invitation) in letter.body
    assert not any(words in letter.subject + letter.body for words in ("Bài của đội", "Hoa", "Minh"))


def test_an_account_with_that_address_gets_a_notice(client, entry):
    user = make_user("minh", "Đỗ Văn Minh")
    invitation = invited(client, entry, email="MINH@hungdao.example")
    notice = Notification.objects.get(recipient=user)
    assert notice.link == way(invitation)
    own = browser()
    own.force_login(user)
    assert own.get(way(invitation)).status_code == 200
    assert way(invitation) in own.get(MINE).content.decode()


def test_one_sees_whose_entry_it_is_and_answers_for_oneself(client, entry, member):
    invitation = invited(client, entry)
    own = browser(member)
    page = own.get(way(invitation))
    assert_sound(page.content)
    told = page.content.decode()
    assert "Nguyễn Thị Hoa" in told and "Bài của đội" in told
    assert "checked" not in told
    answer = yes(own, invitation, consents=ALL_CONSENTS)
    assert (answer.status_code, answer.url) == (302, url(entry))
    assert members(entry) == [("Nguyễn Thị Hoa", "leader"), ("Đỗ Văn Minh", "member")]
    subject = f"participant:{member.pk}:{entry.competition.code}"
    assert set(standing(subject)) == set(ALL_CONSENTS)
    assert OutboxMail.objects.filter(to="hoa@thu.example").count() == 1  # the leader hears of it
    member.refresh_from_db()
    assert str(member.birth_date) == "2005-05-05"


def test_without_the_needed_consent_nobody_joins(client, entry, member):
    invitation = invited(client, entry)
    answer = yes(browser(member), invitation, consents=[])
    assert answer.status_code == 422
    assert_sound(answer.content)
    assert len(members(entry)) == 1
    member.refresh_from_db()
    assert (member.full_name, member.birth_date) == ("", None)


def test_an_invited_person_under_age_hears_why(client, entry, member):
    invitation = invited(client, entry)
    answer = yes(browser(member), invitation, birth_date="01/01/2020")
    assert answer.status_code == 422 and "at least 16 years" in answer.content.decode()
    assert len(members(entry)) == 1


def test_only_the_mailbox_it_was_sent_to_answers(client, entry, member):
    invitation = invited(client, entry)
    strangers = [browser(builders.participant("la@thu.example")), client, browser()]
    strangers[2].force_login(make_user("canbo"))
    for stranger in strangers:
        assert stranger.get(way(invitation)).status_code == 404
        assert yes(stranger, invitation).status_code == 404
        assert stranger.post(way(invitation), {"decline": "1"}).status_code == 404
    assert browser().get(way(invitation)).status_code == 302
    assert fresh(entry).invitations.get().answer == "waiting"


def test_one_says_no_and_the_leader_hears_it(client, entry, member):
    invitation = invited(client, entry)
    own = browser(member)
    assert own.post(way(invitation), {"decline": "1"}).url == MINE
    invitation.refresh_from_db()
    assert invitation.answer == "declined"
    assert OutboxMail.objects.filter(to="hoa@thu.example").count() == 1
    assert "This invitation is over" in own.get(way(invitation)).content.decode()
    assert yes(own, invitation).status_code == 422
    assert len(members(entry)) == 1
    assert "does not join" in client.get(url(entry, "doi/")).content.decode()


def test_an_invitation_is_taken_back(client, entry, member):
    invitation = invited(client, entry)
    assert_sound(client.get(url(entry, f"doi/moi/{invitation.pk}/bo/")).content)
    assert client.post(url(entry, f"doi/moi/{invitation.pk}/bo/")).url == url(entry, "doi/")
    assert yes(browser(member), invitation).status_code == 422
    assert len(members(entry)) == 1
    assert invite(client, entry).status_code == 302  # and may be sent anew


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("hoa+doi@thu.example", "own address"),
        ("minh@thu.example", "invited already"),
        ("khong", "no e-mail address"),
    ],
)
def test_what_no_invitation_is_sent_for(client, entry, email, words):
    invite(client, entry)
    answer = invite(client, entry, email=email)
    assert answer.status_code == 422
    assert_sound(answer.content)
    assert words in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_somebody_in_the_team_is_not_invited_again(client, entry, member):
    yes(browser(member), invited(client, entry))
    assert "in the team already" in invite(client, entry).content.decode()


def test_invitations_count_towards_the_size_of_the_team(client, entry):
    invite(client, entry, email="a@thu.example")
    invite(client, entry, email="b@thu.example")
    with pytest.raises(team.NotEditable) as refused:
        team.invite(entry, entry.participations.get().participant, "C", "c@thu.example")
    assert refused.value.refusal.code == "team_full"
    assert "The team is full" in client.get(url(entry, "doi/")).content.decode()


def test_an_entry_writes_to_so_many_strangers_a_day_and_no_more(client, entry, leader):
    for number in range(team.MOST_A_DAY):
        invitation = team.invite(entry, leader, "Ai đó", f"nguoi{number}@thu.example")
        team.take_back(entry, leader, invitation.pk)
    with pytest.raises(team.NotEditable) as refused:
        team.invite(entry, leader, "Ai đó", "them@thu.example")
    assert refused.value.refusal.code == "too_many_invitations"


def test_one_person_one_entry_holds_for_those_invited(client, entry, competition, member):
    builders.entry(competition, member, title="Bài riêng")
    invitation = invited(client, entry)
    page = browser(member).get(way(invitation)).content.decode()
    assert "Each person takes part in one entry only" in page
    assert yes(browser(member), invitation).status_code == 422
    assert len(members(entry)) == 1


@pytest.mark.parametrize("role", ["organiser", "judge"])
def test_whoever_organises_or_judges_joins_no_team(client, entry, competition, role):
    user = make_user("nguoi", "Trần Tổ Chức", Role.ORGANISER if role == "organiser" else Role.JUDGE)
    if role == "organiser":
        builders.may_organise(user, competition)
    else:
        competition.judges.create(user=user, appointed_at=timezone.now())
    invitation = invited(client, entry, email=user.email)
    own = browser()
    own.force_login(user)
    assert "does not enter it" in own.get(way(invitation)).content.decode()
    assert yes(own, invitation).status_code == 422
    assert len(members(entry)) == 1


def test_nobody_is_sent_in_who_has_not_answered(client, entry):
    invite(client, entry)
    page = client.get(url(entry, "nop/"))
    assert_sound(page.content)
    assert "Not answered yet: Đỗ Văn Minh" in page.content.decode()
    client.post(url(entry, "nop/"), {"seen": "0"})
    assert fresh(entry).state == "draft"


@pytest.fixture
def team_of_two(client, entry, member):
    yes(browser(member), invited(client, entry))
    client.post(url(entry, "nop/"), {"seen": "0"})
    assert fresh(entry).state == "submitted"
    return entry


def test_a_member_leaves_and_the_entry_wants_handing_in_again(client, team_of_two, member):
    entry, own = team_of_two, browser(member)
    assert_sound(own.get(url(entry, "doi/roi/")).content)
    assert own.post(url(entry, "doi/roi/")).url == MINE
    assert members(entry) == [("Nguyễn Thị Hoa", "leader")]
    assert not given(f"participant:{member.pk}:{entry.competition.code}", NEEDED)
    assert own.get(url(entry)).status_code == 404
    letters = OutboxMail.objects.filter(to="hoa@thu.example").order_by("-pk")
    assert url(entry) in letters[0].body
    page = client.get(url(entry)).content.decode()
    assert "does not count until it is handed in" in page
    assert "Đỗ Văn Minh left the team" in page
    assert client.post(url(entry, "nop/"), {"seen": "1"}).status_code == 302
    last = fresh(entry).versions.last()
    assert last.number == 2 and "Đỗ Văn Minh" not in last.payload
    assert "Đỗ Văn Minh" in fresh(entry).versions.first().payload


def test_a_member_may_leave_after_the_close_as_well(team_of_two, member, competition, monkeypatch):
    at(monkeypatch, competition.window("entry").closes_at + SECOND)
    browser(member).post(url(team_of_two, "doi/roi/"))
    assert len(members(team_of_two)) == 1


def test_the_leader_takes_a_member_off_and_they_hear_of_it(client, team_of_two, member):
    place = Participation.objects.get(participant=member)
    before = OutboxMail.objects.filter(to=member.email).count()
    assert_sound(client.get(url(team_of_two, f"doi/{place.pk}/bo/")).content)
    client.post(url(team_of_two, f"doi/{place.pk}/bo/"))
    assert members(team_of_two) == [("Nguyễn Thị Hoa", "leader")]
    assert OutboxMail.objects.filter(to=member.email).count() == before + 1
    leader_place = Participation.objects.get(role="leader")
    assert client.post(url(team_of_two, f"doi/{leader_place.pk}/bo/")).status_code == 404


def test_the_leader_does_not_leave(client, team_of_two):
    client.post(url(team_of_two, "doi/roi/"))
    assert len(members(team_of_two)) == 2
    assert "withdraw the entry instead" in client.get(url(team_of_two)).content.decode()


def test_a_member_neither_invites_nor_takes_off_nor_hands_in(team_of_two, member, client):
    own = browser(member)
    place = Participation.objects.get(role="leader")
    invite(own, team_of_two, email="them@thu.example")
    own.post(url(team_of_two, f"doi/{place.pk}/bo/"))
    own.post(url(team_of_two, "nop/"), {"seen": "1"})
    own.post(url(team_of_two, "rut/"))
    assert Invitation.objects.count() == 1
    assert len(members(team_of_two)) == 2
    assert (fresh(team_of_two).state, fresh(team_of_two).versions.count()) == ("submitted", 1)
    page = own.get(url(team_of_two))
    assert_sound(page.content)
    assert "the leader hands in" in page.content.decode()


def test_a_member_keeps_their_own_answers_and_consents(team_of_two, member):
    own = browser(member)
    assert_sound(own.get(url(team_of_two, "ban-than/")).content)
    own.post(url(team_of_two, "ban-than/"), {"full_name": "Đỗ Minh", "birth_date": "05/05/2005"})
    assert Participant.objects.get(pk=member.pk).full_name == "Đỗ Minh"
    own.post(url(team_of_two, "dong-y/"), {"consents": ALL_CONSENTS})
    subject = f"participant:{member.pk}:{team_of_two.competition.code}"
    assert set(standing(subject)) == set(ALL_CONSENTS)
    answer = own.post(url(team_of_two, "dong-y/"), {"consents": []})
    assert answer.status_code == 422 and "leave the team" in answer.content.decode()
    assert set(standing(subject)) == set(ALL_CONSENTS)


def test_whoever_left_before_hears_of_no_later_step(client, team_of_two, member):
    browser(member).post(url(team_of_two, "doi/roi/"))
    before = OutboxMail.objects.filter(to=member.email).count()
    client.post(url(team_of_two, "nop/"), {"seen": "1"})
    assert OutboxMail.objects.filter(to=member.email).count() == before


def test_a_withdrawn_entry_tells_its_team(client, team_of_two, member):
    before = OutboxMail.objects.filter(to=member.email).count()
    client.post(url(team_of_two, "rut/"))
    assert OutboxMail.objects.filter(to=member.email).count() == before + 1
    assert not Entry.objects.of(member).exists()


@pytest.mark.parametrize(("offset", "joins"), [(-1, True), (0, False), (1, False)])
def test_nobody_joins_from_the_close_on(client, entry, competition, member, monkeypatch, offset, joins):
    invitation = invited(client, entry)
    at(monkeypatch, competition.window("entry").closes_at + offset * SECOND)
    yes(browser(member), invitation)
    assert len(members(entry)) == (2 if joins else 1)
