"""Totals: hidden until the close, counted by the clock, counted again, voided votes out of them."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from competitions import jobs
from competitions.models import CompetitionChange, ResultList, Vote, VoteCount
from competitions.voting import anomalies, counting, retention, voiding
from competitions.voting.anomalies import VoteRow
from competitions.voting.casting import VoteRefused
from notifications.models import Notification
from people.roles import Role
from tests.competitions import builders
from tests.competitions.costs import cost
from tests.competitions.vote_builders import kept, on_the_ballot, votes
from tests.ideas.builders import make_user

needs_db = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def organiser():
    return make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)


@pytest.fixture
def running(organiser):
    return builders.competition(phase="vote", organiser=organiser)


@pytest.fixture
def over(organiser):
    return builders.competition(phase="over", organiser=organiser)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def desk_of(competition, tail=""):
    return f"/cuoc-thi/to-chuc/{competition.code}/binh-chon/{tail}"


# ---- hidden


TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value|data-csrf)="[^"]*"')  # drawn anew for every page


@needs_db
def test_while_it_runs_nobody_meets_a_total_of_an_entry(running, organiser):
    """Votes pass from one entry to the other and no page of anybody changes: neither figure nor order, nor
    anything else that could be worked out from them. The number of votes in all stays and may be shown."""
    first, second, third = on_the_ballot(running)
    early, late = votes(first, 437), votes(second, 368)
    judge = make_user("giamkhao1", "", Role.JUDGE)
    running.judges.create(user=judge, appointed_at=timezone.now())
    root = make_user("goc")
    root.is_superuser = True
    root.save()
    people = [Client(), *(signed_in(user) for user in (organiser, judge, root, make_user("canbo")))]
    public = f"/cuoc-thi/{running.slug}/binh-chon/"
    paths = [public, desk_of(running), desk_of(running, "phieu/"), desk_of(running, "huy/")]
    paths += [f"{public}{entry.code}/" for entry in (first, second)]
    asked = [(client, path) for client in people for path in paths]
    asked += [(client, f"{public}{first.code}/xac-nhan/") for client in people[1:]]
    asked += [(client, desk_of(running, "dem-lai/")) for client in people]

    def bodies():
        found = []
        for client, path in asked:
            ask = client.post if path.endswith("dem-lai/") else client.get
            found.append(TOKEN.sub("", ask(path, follow=True).content.decode()))
        return found

    for client in people:
        client.get(public)  # the order each visitor keeps is drawn by the first look
    before = bodies()
    for moved, to in ((early[:400], second), (late[-50:], third)):  # the first and the last vote among them
        Vote.objects.filter(pk__in=[vote.pk for vote in moved]).update(entry=to)
    assert counting.total(running) == 805
    after = bodies()
    assert [asked[n][1] for n, body in enumerate(before) if body != after[n]] == []
    assert ">805<" in before[asked.index((people[1], desk_of(running)))]
    assert not VoteCount.objects.exists() and not CompetitionChange.objects.exists()
    with pytest.raises(counting.NotOver):
        counting.latest(running, timezone.now())


@needs_db
def test_no_command_tells_a_running_vote(running):
    votes(on_the_ballot(running, 1)[0], 3)
    for code in (running.code, "CT-1999-01"):
        with pytest.raises(CommandError) as refused:
            call_command("recount_votes", code)
        assert refused.value.returncode == 2
    assert not VoteCount.objects.exists()


@needs_db
@pytest.mark.parametrize("tail", ["phieu/", "huy/"])
def test_single_votes_have_no_page_before_the_close(running, organiser, tail):
    vote = votes(on_the_ballot(running, 1)[0], 1)[0]
    path = desk_of(running, f"{tail}?phieu={vote.pk}")
    assert signed_in(organiser).get(path).status_code == 404
    answer = signed_in(organiser).post(path, {"phieu": vote.pk, "reason": "Giả"})
    assert answer.status_code == (404 if tail == "huy/" else 405)


# ---- counted


@needs_db
@pytest.mark.parametrize(("after", "made"), [(0, 0), (59, 0), (60, 1), (86400 * 3, 1)])
def test_the_clock_counts_once_the_last_vote_is_surely_in(running, organiser, after, made):
    first, second, _third = on_the_ballot(running)
    votes(first, 5)
    votes(second, 2)
    moment = running.window("vote").closes_at + after * SECOND
    jobs.count_votes(moment)
    jobs.count_votes(moment)
    assert VoteCount.objects.count() == made
    if made:
        count = VoteCount.objects.get()
        assert kept(running, moment) == {first.code: 5, second.code: 2}
        assert count.payload == f'{{"{first.code}":5,"{second.code}":2}}'
        assert count.counted_at == moment
        line = CompetitionChange.objects.get()
        assert (line.act, line.actor_name, line.details) == (
            "votes_counted",
            "Đồng hồ hệ thống",
            {"sha256": count.sha256},
        )
        notice = Notification.objects.get(recipient=organiser, event="competitions.votes_counted")
        assert notice.link == desk_of(running)


@needs_db
def test_a_window_opened_again_is_counted_again(running):
    (entry,) = on_the_ballot(running, 1)
    votes(entry, 2)
    closes_at = running.window("vote").closes_at
    jobs.count_votes(closes_at + MINUTE)
    phase = running.phases.get(code="vote")
    phase.closes_at = closes_at + timedelta(days=1)
    phase.save()
    votes(entry, 1)
    jobs.count_votes(closes_at + 2 * MINUTE)
    assert VoteCount.objects.count() == 1
    running = type(running).objects.get(pk=running.pk)
    with pytest.raises(counting.NotOver):
        counting.latest(running, closes_at + 2 * MINUTE)
    jobs.count_votes(phase.closes_at + MINUTE)
    assert kept(running, phase.closes_at + MINUTE) == {entry.code: 3}


@needs_db
def test_counting_again_agrees_or_says_so(over):
    first, second, _third = on_the_ballot(over)
    votes(first, 3)
    out = StringIO()
    call_command("recount_votes", over.code, format="json", stdout=out)  # makes the first count
    found = json.loads(out.getvalue())
    assert list(found) == ["competition", "agrees", "counted_at", "sha256", "kept", "counted"]
    assert (found["agrees"], found["kept"], found["counted"]) == (True, {first.code: 3}, {first.code: 3})
    votes(second, 1)  # past the door
    out = StringIO()
    with pytest.raises(CommandError) as differs:
        call_command("recount_votes", over.code, format="json", stdout=out)
    assert differs.value.returncode == 1
    found = json.loads(out.getvalue())
    assert (found["agrees"], found["kept"], found["counted"]) == (
        False,
        {first.code: 3},
        {first.code: 3, second.code: 1},
    )
    assert VoteCount.objects.count() == 1


@needs_db
def test_the_desk_shows_the_count_and_counts_again(over, organiser):
    first, second, _third = on_the_ballot(over)
    votes(first, 3)
    votes(second, 7)
    client = signed_in(organiser)
    assert "Cổng tự kiểm phiếu" in client.get(desk_of(over)).content.decode()
    jobs.count_votes(timezone.now())
    page = client.get(desk_of(over)).content.decode()
    assert page.index(second.code) < page.index(first.code) and VoteCount.objects.get().sha256 in page
    assert "khớp" in client.post(desk_of(over, "dem-lai/"), follow=True).content.decode()
    Vote.objects.filter(entry=second).first().delete()
    assert "không khớp" in client.post(desk_of(over, "dem-lai/"), follow=True).content.decode()
    acts = CompetitionChange.objects.filter(act="votes_recounted").values_list("details", "actor_name")
    assert list(acts) == [({"agrees": True}, "Trần Tổ Chức"), ({"agrees": False}, "Trần Tổ Chức")]


@needs_db
@pytest.mark.parametrize("tail", ["", "phieu/", "huy/"])
def test_another_organiser_finds_nothing(over, tail):
    stranger = make_user("tochuc2", "", Role.ORGANISER)
    assert signed_in(stranger).get(desk_of(over, tail)).status_code == 404
    assert signed_in(stranger).post(desk_of(over, "dem-lai/")).status_code == 404


@needs_db
def test_the_desk_and_its_list_cost_the_same_however_many(over, organiser):
    client = signed_in(organiser)
    paths = (desk_of(over), desk_of(over, "phieu/"))
    for entry in on_the_ballot(over, 1):
        votes(entry, 1, network="n" * 64)
    jobs.count_votes(timezone.now())
    few = [cost(client, path) for path in paths]
    for entry in on_the_ballot(over, 29):
        votes(entry, 2, network="n" * 64)
    with transaction.atomic():
        counting.freeze(over, timezone.now())
    assert [cost(client, path) for path in paths] == few and max(few) <= 25


# ---- voided


@needs_db
def test_voiding_needs_a_reason_is_logged_and_makes_a_new_count(over, organiser):
    other = make_user("tochuc3", "", Role.ORGANISER)
    builders.may_organise(other, over)
    first, second, _third = on_the_ballot(over)
    false, good = votes(first, 4), votes(second, 3)
    jobs.count_votes(timezone.now())
    client = signed_in(organiser)
    chosen = {"phieu": [vote.pk for vote in false[:3]]}
    asked = client.get(desk_of(over, "huy/"), chosen).content.decode()
    assert "Hủy 3 phiếu?" in asked
    silent = client.post(desk_of(over, "huy/"), chosen | {"reason": "  "})
    assert silent.status_code == 422 and not Vote.objects.exclude(voided_at=None).exists()
    assert client.post(desk_of(over, "huy/"), chosen | {"reason": "Cùng một máy."}).status_code == 302
    gone = Vote.objects.exclude(voided_at=None)
    assert set(gone) == set(false[:3])
    assert set(gone.values_list("void_reason", "voided_by")) == {("Cùng một máy.", "Trần Tổ Chức")}
    assert kept(over, timezone.now()) == {first.code: 1, second.code: 3}
    assert VoteCount.objects.count() == 2
    line = CompetitionChange.objects.get(act="vote_voided")
    assert line.reason == "Cùng một máy." and line.details["votes"] == [vote.pk for vote in false[:3]]
    assert [n.recipient for n in Notification.objects.filter(event="competitions.votes_voided")] == [other]
    assert good[0].voided_at is None
    # the same again changes nothing
    again = client.post(desk_of(over, "huy/"), chosen | {"reason": "Lần hai."})
    assert again.status_code == 302 and VoteCount.objects.count() == 2


@needs_db
def test_when_votes_cannot_be_voided(running, over, organiser):
    vote = votes(on_the_ballot(over, 1)[0], 1)[0]

    def refusal(competition):
        with pytest.raises(VoteRefused) as refused:
            voiding.void(organiser, competition, [vote.pk], "Giả mạo.")
        return refused.value.refusal.code

    assert refusal(running) == "vote_not_over"
    assert refusal(over) == "not_counted_yet"
    jobs.count_votes(timezone.now())
    ResultList.objects.create(
        competition=over,
        state="published",
        payload="{}",
        sha256="0" * 64,
        drafted_at=timezone.now(),
        checked_at=timezone.now(),
        published_at=timezone.now(),
    )
    assert refusal(type(over).objects.get(pk=over.pk)) == "results_are_out"
    vote.refresh_from_db()
    assert vote.voided_at is None


@needs_db
def test_votes_of_another_competition_cannot_be_voided_through_ones_own(over, organiser):
    votes(on_the_ballot(over, 1)[0], 1)
    foreign = votes(on_the_ballot(builders.competition(phase="over"), 1)[0], 2)
    jobs.count_votes(timezone.now())
    assert voiding.void(organiser, over, [vote.pk for vote in foreign], "Giả mạo.") == 0
    assert not Vote.objects.exclude(voided_at=None).exists()


@needs_db
def test_a_finding_is_voided_as_a_whole(over, organiser):
    first, second, _third = on_the_ballot(over)
    votes(first, 12, network="a" * 64)
    votes(second, 3, network="b" * 64)
    jobs.count_votes(timezone.now())
    client = signed_in(organiser)
    assert "12 phiếu từ một mạng" in client.get(desk_of(over)).content.decode()
    first_vote = Vote.objects.filter(network="a" * 64).order_by("pk").first()
    finding = {"dau-hieu": f"same_network-{first_vote.pk}"}
    page = client.get(desk_of(over, "phieu/"), finding).content.decode()
    assert page.count('name="phieu"') == 12
    assert "nguoi" not in page and "n•••@hungdao.example" in page
    asked = client.get(desk_of(over, "huy/"), finding).content.decode()
    assert asked.count('name="phieu"') == 12
    keys = list(Vote.objects.filter(network="a" * 64).values_list("pk", flat=True))
    client.post(desk_of(over, "huy/"), {"phieu": keys, "reason": "Cùng một máy."})
    assert kept(over, timezone.now()) == {second.code: 3}


# ---- marks of networks go


@needs_db
def test_marks_of_networks_go_with_the_results_or_after_180_days(over, running):
    for competition in (over, running):
        votes(on_the_ballot(competition, 1)[0], 2, network="a" * 64)
    marked = Vote.objects.exclude(network="")
    closed = over.window("vote").closes_at
    jobs.forget_networks(closed + timedelta(days=180) - SECOND)
    assert marked.count() == 4
    jobs.forget_networks(closed + timedelta(days=180))
    assert set(marked.values_list("competition", flat=True)) == {running.pk}
    assert retention.forget_networks(timezone.now()) == 0
    results = {"payload": "{}", "sha256": "0" * 64, "drafted_at": closed, "checked_at": closed}
    listed = ResultList.objects.create(competition=running, state="checked", **results)
    assert retention.forget_networks(timezone.now()) == 0
    ResultList.objects.filter(pk=listed.pk).update(state="published", published_at=closed)
    assert retention.forget_networks(timezone.now()) == 2


# ---- odd ones, purely

NOON = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


def rows(number, step, **fields):
    return [VoteRow(n + 1, "B-1", NOON + n * step, **fields) for n in range(number)]


def found(given):
    return [(f.code, len(f.votes), f.entries) for f in anomalies.findings(given)]


@pytest.mark.parametrize(
    ("number", "seconds", "expected"),
    [
        (9, 1, []),
        (10, 1, [("same_network", 10, ("B-1",))]),
        (10, 66, [("same_network", 10, ("B-1",))]),  # the tenth comes after 594 s
        (10, 67, []),  # after 603 s
        (30, 67, []),
    ],
)
def test_many_votes_from_one_network_in_a_short_time(number, seconds, expected):
    assert found(rows(number, timedelta(seconds=seconds), network="a")) == expected


def test_votes_without_a_mark_are_of_no_network():
    assert found(rows(15, timedelta(seconds=30))) == []


@pytest.mark.parametrize(
    ("number", "seconds", "expected"), [(19, 1, 0), (20, 1, 1), (20, 3, 1), (20, 4, 0), (500, 0, 1)]
)
def test_many_votes_for_one_entry_at_one_stroke(number, seconds, expected):
    bursts = [code for code, *_rest in found(rows(number, timedelta(seconds=seconds)))]
    assert bursts == ["burst"] * expected


def test_two_bursts_far_apart_are_two_findings():
    later = [VoteRow(100 + n, "B-1", NOON + timedelta(hours=3, seconds=n)) for n in range(25)]
    assert found(rows(20, SECOND) + later) == [("burst", 20, ("B-1",)), ("burst", 25, ("B-1",))]


@pytest.mark.parametrize(
    ("domain", "number", "expected"),
    [
        ("thu-dung-mot-lan.example", 5, 1),
        ("thu-dung-mot-lan.example", 4, 0),
        ("gmail.com", 50, 0),
        ("hungdao.haiphong.gov.vn", 50, 0),
        ("thcs-hungdao.edu.vn", 50, 0),
        ("", 50, 0),
    ],
)
def test_addresses_of_one_unusual_domain(domain, number, expected):
    domains = [code for code, *_rest in found(rows(number, timedelta(hours=1), domain=domain))]
    assert domains == ["unusual_domain"] * expected


@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.sampled_from("ab"), st.sampled_from(["", "x", "y"])), max_size=80
    ),
    st.randoms(),
)
def test_every_dense_stretch_is_found_in_whatever_order(drawn, rng):
    given_rows = [
        VoteRow(n, entry, NOON + timedelta(seconds=s), network) for n, (s, entry, network) in enumerate(drawn)
    ]
    in_findings = {
        (f.code, pk) for f in anomalies.findings(given_rows) if f.code == "same_network" for pk in f.votes
    }
    naive = set()
    for start in given_rows:
        within = [
            row
            for row in given_rows
            if start.network
            and row.network == start.network
            and timedelta(0) <= row.at - start.at < anomalies.NETWORK_SPAN
        ]
        if len(within) >= anomalies.NETWORK_VOTES:
            naive |= {("same_network", row.pk) for row in within}
    assert in_findings == naive
    shuffled = rng.sample(given_rows, len(given_rows))
    assert anomalies.findings(shuffled) == anomalies.findings(given_rows)
