"""A competition whose public vote runs, its entries, its voters."""

import json

from django.conf import settings
from django.test import Client

from competitions import consenting
from competitions.models import Vote
from competitions.visitors import SESSION_ENTRY
from competitions.voting import ballot, casting, counting
from tests.competitions import builders
from trust.consents import set_consents

ASKED = {"consent": "on"}


def on_the_ballot(competition, number=3, **fields):
    """Entries that were handed in and whose leaders agreed to have them published."""
    return [publishable(competition, title=f"Bài bình chọn {n + 1}", **fields) for n in range(number)]


def publishable(competition, leader=None, **fields):
    entry = builders.handed_in(competition, leader, **fields)
    agree(entry)
    return entry


def agree(entry, purpose=consenting.PUBLISH_ENTRY):
    subject = consenting.subject_of(builders.leader_of(entry), entry.competition)
    set_consents(subject, [purpose], [purpose], entry.submitted_at)


def take_back(entry, purpose=consenting.PUBLISH_ENTRY):
    subject = consenting.subject_of(builders.leader_of(entry), entry.competition)
    set_consents(subject, [], [purpose], entry.submitted_at)


def votes(entry, number, at=None, **fields):
    """Votes of so many people, as they stand in the database."""
    window = entry.competition.window("vote")
    at = at or window.opens_at + (window.closes_at - window.opens_at) / 4
    people = [builders.participant() for _number in range(number)]
    return Vote.objects.bulk_create(
        Vote(competition=entry.competition, entry=entry, participant=person, at=at, **fields)
        for person in people
    )


def proven(participant, client=None):
    """The browser of somebody who proved this mailbox a moment ago."""
    import time

    client = client or Client()
    session = client.session
    session[SESSION_ENTRY] = {"pk": participant.pk, "at": time.time()}
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def cast(competition, entry, person, **asked):
    """Through the door, on the ballot as it stands now."""
    return casting.cast(ballot.ballot_of(competition), entry.code, person, **asked)


def address(entry, tail=""):
    return f"/cuoc-thi/{entry.competition.slug}/binh-chon/{entry.code}/{tail}"


def kept(competition, now):
    return json.loads(counting.latest(competition, now).payload)
