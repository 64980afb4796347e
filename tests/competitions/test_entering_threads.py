"""Many at once: the last seconds before the close, two windows, two people. Asked on PostgreSQL too."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from competitions.models import (
    Entry,
    EntryHistory,
    EntryVersion,
    Invitation,
    Participation,
    Phase,
)
from competitions.reference_data import load_reference_data
from notifications.models import OutboxMail

from . import builders
from .entrants import ALL_CONSENTS, MINE, browser, fresh, picture, url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _reference(db):
    """What a transactional test before this one emptied."""
    load_reference_data()


def together(*acts):
    """Each act in a thread of its own, all let go at the same moment; their answers in order."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(20)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(60) for future in [pool.submit(run, act) for act in acts]]


def test_a_hundred_entries_in_the_last_seconds_are_each_taken_or_refused_by_the_servers_moment():
    competition = builders.competition()
    entries = []
    for number in range(100):
        person = builders.participant(f"nguoi-{number}@thu.example", full_name=f"Người {number}")
        entry = builders.entry(competition, person, title=f"Bài {number}")
        entries.append((entry, browser(person)))
    closes = timezone.now() + timedelta(seconds=5)
    Phase.objects.filter(competition=competition, code="entry").update(closes_at=closes)
    Phase.objects.filter(competition=competition).exclude(code="entry").delete()
    chance = random.Random(178)
    waits = [chance.uniform(0, 6) for _entry in entries]

    def hand_in(entry, client, wait):
        time.sleep(max(0, (closes - timezone.now()).total_seconds() - 5 + wait))
        try:
            return client.post(url(entry, "nop/"), {"seen": "0"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(24) as pool:
        sent = [
            pool.submit(hand_in, entry, client, wait)
            for (entry, client), wait in zip(entries, waits, strict=True)
        ]
        statuses = [future.result(120) for future in sent]
    assert set(statuses) <= {302, 422}
    taken = list(Entry.objects.filter(competition=competition, state="submitted"))
    left = list(Entry.objects.filter(competition=competition, state="draft"))
    assert len(taken) + len(left) == 100
    assert taken and left  # the close fell among them
    # Whole or not at all: number, version, line and letter go together, and each moment was in time.
    assert sorted(entry.number for entry in taken) == list(range(1, len(taken) + 1))
    in_order = sorted(taken, key=lambda entry: entry.number)
    assert [e.submitted_at for e in in_order] == sorted(e.submitted_at for e in taken)
    assert all(entry.submitted_at < closes for entry in taken)
    keys = {entry.pk for entry in taken}
    assert set(EntryVersion.objects.values_list("entry_id", flat=True)) == keys
    assert EntryVersion.objects.count() == EntryHistory.objects.count() == len(taken)
    assert set(EntryHistory.objects.values_list("entry_id", flat=True)) == keys
    assert OutboxMail.objects.count() == len(taken)
    assert len({entry.blind_code for entry in taken}) == len(taken)
    for entry in left:
        assert (entry.number, entry.code, entry.blind_code, entry.submitted_at) == (None, None, "", None)


def test_two_windows_hand_in_once():
    person = builders.participant()
    entry = builders.entry(builders.competition(), person)
    clients = [browser(person) for _ in range(4)]
    acts = [
        lambda client=client: client.post(url(entry, "nop/"), {"seen": "0"}).status_code for client in clients
    ]
    assert together(*acts) == [302] * 4
    assert EntryVersion.objects.count() == EntryHistory.objects.count() == OutboxMail.objects.count() == 1


def test_two_windows_begin_one_entry():
    person = builders.participant()
    competition = builders.competition()
    way = f"/cuoc-thi/{competition.slug}/du-thi/"
    clients = [browser(person) for _ in range(4)]
    acts = [lambda client=client: client.post(way, {"full_name": "Hoa"}).status_code for client in clients]
    assert together(*acts) == [302] * 4
    assert Entry.objects.count() == Participation.objects.count() == 1


def invited():
    leader = builders.participant("hoa@thu.example", full_name="Hoa")
    member = builders.participant("minh@thu.example", full_name="Minh")
    entry = builders.entry(builders.competition(team_most=3), leader)
    browser(leader).post(url(entry, "doi/"), {"full_name": "Minh", "email": member.email})
    return leader, member, entry, Invitation.objects.get()


def yes(person, invitation):
    values = {"full_name": "Minh", "consents": ALL_CONSENTS}
    client = browser(person)
    return lambda: client.post(f"{MINE}loi-moi/{invitation.pk}/", values).status_code


def test_two_windows_answer_one_invitation_once():
    _leader, member, entry, invitation = invited()
    answers = together(*(yes(member, invitation) for _ in range(4)))
    assert sorted(answers) == [302, 422, 422, 422]
    assert entry.participations.filter(participant=member).count() == 1
    assert OutboxMail.objects.filter(to="hoa@thu.example").count() == 1


def test_taken_back_and_accepted_at_once_is_one_of_the_two():
    leader, member, entry, invitation = invited()
    client = browser(leader)
    back = url(entry, f"doi/moi/{invitation.pk}/bo/")
    together(yes(member, invitation), lambda: client.post(back).status_code)
    invitation.refresh_from_db()
    joined = entry.participations.filter(participant=member).exists()
    assert (invitation.answer, joined) in {("accepted", True), ("taken_back", False)}


def test_joining_and_beginning_ones_own_at_once_is_one_place():
    _leader, member, _entry, invitation = invited()
    client = browser(member)
    way = f"/cuoc-thi/{_entry.competition.slug}/du-thi/"
    together(yes(member, invitation), lambda: client.post(way, {"full_name": "Minh"}).status_code)
    assert Participation.objects.filter(participant=member, ended_at__isnull=True).count() == 1


def test_the_last_invitations_of_two_windows_do_not_make_the_team_too_large():
    leader = builders.participant("hoa@thu.example")
    entry = builders.entry(builders.competition(team_most=2), leader)
    clients = [(browser(leader), f"nguoi{number}@thu.example") for number in range(4)]
    acts = [
        lambda c=client, a=address: c.post(url(entry, "doi/"), {"full_name": "Ai", "email": a}).status_code
        for client, address in clients
    ]
    assert sorted(together(*acts)) == [302, 422, 422, 422]
    assert Invitation.objects.count() == 1


def test_files_sent_at_once_do_not_exceed_the_most():
    person = builders.participant()
    entry = builders.entry(builders.competition(files_most=2), person)
    acts = []
    for number in range(4):
        client, file = browser(person), picture(f"{number}.jpg", (20 + number, 20))
        acts.append(
            lambda c=client, f=file: c.post(url(entry, "tep/"), {"files": [f], "then": "stay"}).status_code
        )
    assert sorted(together(*acts)) == [302, 302, 422, 422]
    assert fresh(entry).files.count() == 2


def test_a_member_leaves_while_the_leader_hands_in_and_the_version_says_which_came_first():
    leader, member, entry, invitation = invited()
    assert yes(member, invitation)() == 302
    own, other = browser(leader), browser(member)
    together(
        lambda: own.post(url(entry, "nop/"), {"seen": "0"}).status_code,
        lambda: other.post(url(entry, "doi/roi/")).status_code,
    )
    entry = fresh(entry)
    assert entry.state == "submitted"
    left_at = Participation.objects.get(participant=member).ended_at
    named = "Minh" in entry.versions.get().payload
    assert named == (entry.submitted_at < left_at)
