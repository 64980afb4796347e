"""Who may vote, when, once: asked of the rules and through the pages."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from competitions import visitors
from competitions.models import Finalist, Participant, Phase, Vote
from competitions.voting import ballot, casting, rules
from competitions.voting.casting import AlreadyVoted, VoteRefused
from people.roles import Role
from tests.competitions import builders
from tests.competitions.vote_builders import (
    ASKED,
    address,
    agree,
    cast,
    on_the_ballot,
    proven,
    publishable,
    take_back,
)
from tests.ideas.builders import make_user
from trust.models import Consent

SECOND = timedelta(seconds=1)
one_thread = pytest.mark.django_db
many_threads = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organiser():
    return make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)


@pytest.fixture
def competition(organiser):
    return builders.competition(phase="vote", organiser=organiser)


def refusal(competition, entry, person, **asked):
    with pytest.raises(VoteRefused) as refused:
        cast(competition, entry, person, **asked)
    return refused.value.refusal.code


# ---- what is on the ballot


@one_thread
def test_on_the_ballot_is_what_takes_part_and_may_be_published(competition, organiser):
    from competitions import workflow
    from competitions.moves import Actor

    shown, refused, withdrawn = on_the_ballot(competition, 3)
    silent = builders.handed_in(competition)
    draft = builders.entry(competition, builders.participant())
    workflow.move(refused, "refuse", Actor.of(user=organiser), reason="Trùng bài.")
    workflow.move(withdrawn, "withdraw", Actor.of(participant=builders.leader_of(withdrawn)))
    assert list(ballot.entries_of(competition)) == [shown]
    agree(silent)
    assert set(ballot.entries_of(competition)) == {shown, silent}
    take_back(shown)
    assert list(ballot.entries_of(competition)) == [silent]
    assert draft.state == "draft"


@one_thread
def test_of_a_team_the_leader_agrees(competition):
    competition.team_most = 2
    competition.save()
    member = builders.participant()
    entry = builders.handed_in(competition, None, member)
    from competitions import consenting
    from trust.consents import set_consents

    publish = [consenting.PUBLISH_ENTRY]
    set_consents(consenting.subject_of(member, competition), publish, publish, timezone.now())
    assert list(ballot.entries_of(competition)) == []
    agree(entry)
    assert list(ballot.entries_of(competition)) == [entry]


@one_thread
def test_where_there_are_finalists_only_they_are_voted_on(competition):
    first, second = on_the_ballot(competition, 2)
    Finalist.objects.create(competition=competition, entry=second, rank=1)
    elsewhere = publishable(builders.competition(phase="vote"))
    assert list(ballot.entries_of(competition)) == [second]
    assert list(ballot.entries_of(elsewhere.competition)) == [elsewhere]
    assert first.state == "submitted"


def test_everybody_has_an_order_of_their_own_and_keeps_it():
    keys = list(range(30))
    orders = {seed: ballot.in_order_for(seed, keys) for seed in ("a", "b", "c")}
    assert ballot.in_order_for("a", reversed(keys)) == orders["a"]
    assert len({tuple(order) for order in orders.values()}) == 3
    assert all(sorted(order) == keys for order in orders.values())
    firsts = [ballot.in_order_for(str(seed), range(3))[0] for seed in range(300)]
    assert all(60 < firsts.count(key) < 140 for key in range(3))


# ---- when


@one_thread
@pytest.mark.parametrize(
    ("edge", "offset", "reason"),
    [
        ("opens_at", -1, "vote_not_open_yet"),
        ("opens_at", 0, ""),
        ("opens_at", 1, ""),
        ("closes_at", -1, ""),
        ("closes_at", 0, "vote_closed"),
        ("closes_at", 1, "vote_closed"),
    ],
)
def test_the_servers_moment_decides_to_the_second(competition, edge, offset, reason):
    (entry,) = on_the_ballot(competition, 1)
    moment = getattr(competition.window("vote"), edge) + offset * SECOND
    person = builders.participant()
    if reason:
        assert refusal(competition, entry, person, now=moment) == reason
        assert not Vote.objects.exists() and not Consent.objects.filter(purpose="competition-vote").exists()
    else:
        assert cast(competition, entry, person, now=moment).at == moment


@one_thread
def test_a_competition_without_a_vote_takes_none():
    now = timezone.now().replace(second=0, microsecond=0)
    window = ("entry", now - timedelta(days=2), now + timedelta(days=2))
    competition = builders.competition(phases=[window])
    entry = publishable(competition)
    assert refusal(competition, entry, builders.participant()) == "no_vote"
    assert ballot.recent_ballot(competition.slug) is None
    assert Client().get(f"/cuoc-thi/{competition.slug}/binh-chon/").status_code == 404


# ---- who


@one_thread
def test_whoever_decides_or_is_in_the_entry_does_not_vote_for_it(competition, organiser):
    competition.team_most = 2
    competition.save()
    member = builders.participant()
    own = publishable(competition, None)
    own.participations.create(
        competition=competition, participant=member, role="member", joined_at=timezone.now()
    )
    (other,) = on_the_ballot(competition, 1)
    judge = make_user("giamkhao1", "", Role.JUDGE)
    seat = competition.judges.create(user=judge, appointed_at=timezone.now())
    reasons = {
        "organiser": refusal(competition, other, visitors.of_account(organiser)),
        "judge": refusal(competition, other, visitors.of_account(judge)),
        "leader": refusal(competition, own, builders.leader_of(own)),
        "member": refusal(competition, own, member),
    }
    assert reasons == {
        "organiser": "organises_or_judges",
        "judge": "organises_or_judges",
        "leader": "own_entry",
        "member": "own_entry",
    }
    assert cast(competition, other, member).entry == other
    seat.ended_at = timezone.now()
    seat.save()
    assert cast(competition, other, visitors.of_account(judge)).entry == other


@one_thread
def test_an_organiser_is_known_by_the_address_of_the_account_too(competition, organiser):
    (entry,) = on_the_ballot(competition, 1)
    by_mail = builders.participant(f"ToChuc+thu@{organiser.email.partition('@')[2]}")
    assert by_mail.user is None
    assert refusal(competition, entry, by_mail) == "organises_or_judges"
    stranger = make_user("tochuc2", "", Role.ORGANISER)
    assert cast(competition, entry, visitors.of_account(stranger)).pk


@one_thread
def test_one_vote_each_and_the_first_one_stands(competition):
    first, second, *_more = on_the_ballot(competition)
    person = builders.participant()
    vote = cast(competition, first, person, network="203.0.113.7")
    with pytest.raises(AlreadyVoted) as already:
        cast(competition, second, person)
    assert already.value.vote == vote
    assert list(Vote.objects.values_list("entry", "network")) == [
        (first.pk, casting.mark_of(competition.pk, "203.0.113.7"))
    ]
    elsewhere = publishable(builders.competition(phase="vote"))
    assert cast(elsewhere.competition, elsewhere, person).pk


@one_thread
def test_two_spellings_of_one_address_are_one_voter(competition):
    (entry,) = on_the_ballot(competition, 1)
    cast(competition, entry, visitors.of_mailbox("Nguyen.Van.A@gmail.com"))
    for spelling in ("nguyenvana@gmail.com", "nguyenvana+2@googlemail.com", "NGUYENVANA@GMAIL.COM"):
        with pytest.raises(AlreadyVoted):
            cast(competition, entry, visitors.of_mailbox(spelling))
    assert Vote.objects.count() == 1


@one_thread
@pytest.mark.parametrize("first", ["account", "mailbox"])
def test_an_account_and_its_address_are_one_voter(competition, first):
    (entry,) = on_the_ballot(competition, 1)
    user = make_user("canbo")
    as_what = {
        "account": lambda: visitors.of_account(user),
        "mailbox": lambda: visitors.of_mailbox("CanBo@hungdao.example"),
    }
    cast(competition, entry, as_what.pop(first)())
    with pytest.raises(AlreadyVoted):
        cast(competition, entry, as_what.popitem()[1]())
    assert Vote.objects.count() == 1


@one_thread
def test_a_voided_vote_is_still_the_persons_vote(competition):
    (entry,) = on_the_ballot(competition, 1)
    person = builders.participant()
    vote = cast(competition, entry, person)
    Vote.objects.filter(pk=vote.pk).update(voided_at=timezone.now(), void_reason="Giả mạo.")
    with pytest.raises(AlreadyVoted):
        cast(competition, entry, person)


@one_thread
def test_the_vote_is_stored_with_the_words_agreed_to_and_a_keyed_mark(competition):
    (entry,) = on_the_ballot(competition, 1)
    person = builders.participant()
    answer = proven(person).post(address(entry), ASKED, REMOTE_ADDR="203.0.113.7")
    assert (answer.status_code, answer.url) == (302, f"/cuoc-thi/{competition.slug}/binh-chon/")
    vote = Vote.objects.get()
    assert vote.network == casting.mark_of(competition.pk, "203.0.113.7")
    assert len(vote.network) == 64 and "203" not in vote.network[:3] + vote.void_reason
    assert vote.network != casting.mark_of(builders.competition().pk, "203.0.113.7")
    consent = Consent.objects.get(purpose="competition-vote")
    assert consent.subject == f"participant:{person.pk}:{competition.code}" and consent.given_at == vote.at
    assert casting.mark_of(competition.pk, "unknown") == ""


@one_thread
def test_the_ballot_of_the_many_is_two_seconds_old_at_most(competition, monkeypatch):
    (entry,) = on_the_ballot(competition, 1)
    assert ballot.recent_ballot(competition.slug).entries == {entry.code: entry.pk}
    monkeypatch.setattr(ballot, "ballot_of", lambda asked: pytest.fail("read again"))
    assert ballot.recent_ballot(competition.slug).entries == {entry.code: entry.pk}
    assert ballot.RECENT == 2
    monkeypatch.undo()
    cache.clear()
    take_back(entry)
    assert ballot.recent_ballot(competition.slug).entries == {}


@one_thread
def test_a_window_moved_this_very_moment_holds_for_a_ballot_read_before(competition):
    (entry,) = on_the_ballot(competition, 1)
    read = ballot.recent_ballot(competition.slug)
    Phase.objects.filter(competition=competition, code="vote").update(closes_at=timezone.now())
    with pytest.raises(VoteRefused) as refused:
        casting.cast(read, entry.code, builders.participant())
    assert refused.value.refusal.code == "vote_closed" and not Vote.objects.exists()


# ---- races


@many_threads
def test_one_person_pressing_in_twenty_windows_votes_once(competition):
    first, second = on_the_ballot(competition, 2)
    person = builders.participant()
    outcomes = at_once(20, lambda n: cast(competition, (first, second)[n % 2], person))
    assert Vote.objects.count() == 1
    assert sorted(outcomes) == ["AlreadyVoted"] * 19 + ["Vote"]


@pytest.mark.django_db
def test_a_mailbox_proven_between_two_looks_is_the_accounts_all_the_same():
    user = make_user("canbo")
    proven = []

    def in_another_window(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if not proven and "WHERE" in sql and "email_key" in sql.partition("WHERE")[2]:
            proven.append(True)
            Participant.objects.create(email="canbo@hungdao.example", email_key="canbo@hungdao.example")
        return found

    with connection.execute_wrapper(in_another_window):
        person = visitors.of_account(user)
    assert proven and list(Participant.objects.values_list("pk", "user")) == [(person.pk, user.pk)]
    assert visitors.of_mailbox("canbo@hungdao.example").pk == person.pk


@many_threads
def test_account_and_mailbox_of_one_person_racing_vote_once(competition):
    (entry,) = on_the_ballot(competition, 1)
    user = make_user("canbo")
    ways = (
        lambda: visitors.of_account(user),
        lambda: visitors.of_mailbox("canbo@hungdao.example"),
        lambda: visitors.of_mailbox("Canbo+b@hungdao.example"),
    )
    outcomes = at_once(12, lambda n: cast(competition, entry, ways[n % 3]()))
    assert Vote.objects.count() == 1
    assert sorted(outcomes) == ["AlreadyVoted"] * 11 + ["Vote"]
    assert Participant.objects.filter(email_key="canbo@hungdao.example").count() == 1


@many_threads
def test_votes_of_many_people_at_once_all_count_once(competition):
    (entry,) = on_the_ballot(competition, 1)
    number = 60 if connection.vendor == "sqlite" else 500
    people = [builders.participant() for _number in range(number)]
    read = ballot.ballot_of(competition)
    began = timezone.now()
    outcomes = at_once(number, lambda n: casting.cast(read, entry.code, people[n]), threads=20)
    assert timezone.now() - began < timedelta(seconds=10)
    assert outcomes == ["Vote"] * number
    assert Vote.objects.values("participant").distinct().count() == number


def at_once(number, act, threads=None):
    """What became of `number` acts that all start together: names of results or errors."""
    from concurrent.futures import ThreadPoolExecutor

    threads = threads or number
    start = threading.Barrier(threads)

    def run(n):
        try:
            if n < threads:
                start.wait(30)
            return type(act(n)).__name__
        except Exception as error:  # the test says which it awaits
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(number)))


@one_thread
def test_time_is_asked_of_the_phases_alone(competition):
    window = competition.window("vote")
    at = {edge: rules.time_of(competition, moment) for edge, moment in vars(window).items() if edge != "code"}
    assert {edge: (time.is_open, time.is_over) for edge, time in at.items()} == {
        "opens_at": (True, False),
        "closes_at": (False, True),
    }
