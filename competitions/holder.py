"""Consents of entrants and voters, for the page where everything agreed to stands together; and what their
withdrawal means. The needed consent of an entry carries it: it is withdrawn with the entry, on its page."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.stamp import raise_stamp
from trust.consents import Held, Holder, register_holder, set_consents

from . import visitors
from .consenting import ASKED, HANDLE, VOTE, subject_of
from .models import Participation, Vote
from .voting import rules


def _of_person(person):
    keys, found = person.of("participant"), {}
    if not keys:
        return []
    places = Participation.objects.filter(participant__in=keys).order_by("-pk")
    for place in places.select_related("participant", "competition"):
        held = found.setdefault(subject_of(place.participant, place.competition), [place.competition, (), {}])
        held[1] = ASKED
        if place.ended_at is None:
            held[2] = {HANDLE: reverse("competitions:entry", args=[place.entry_id])}
    votes = Vote.objects.filter(participant__in=keys).order_by("-pk")
    for vote in votes.select_related("participant", "competition"):
        held = found.setdefault(subject_of(vote.participant, vote.competition), [vote.competition, (), {}])
        held[1] = (*held[1], VOTE)
    return [
        Held(subject, competition.title, purposes, competition.url or "", ends)
        for subject, (competition, purposes, ends) in found.items()
    ]


def _change(held, wanted, now):
    asked = set(held.purposes) - held.ends_with.keys()
    with transaction.atomic():
        _given, withdrawn = set_consents(held.subject, set(wanted) & asked, asked, now)
        if VOTE in withdrawn:
            _take_back_vote(held.subject, now)
        if withdrawn:
            raise_stamp()  # pages kept for everybody may name whoever agreed no more
    return bool(_given or withdrawn)


def _take_back_vote(subject, now):
    """An uncounted vote goes; of a counted one goes what could tell whose it was."""
    _kind, participant, code = subject.split(":", 2)
    rows = Vote.objects.select_for_update(of=("self",)).select_related("competition")
    vote = rows.filter(participant=participant, competition__code=code).first()
    if vote is None:
        return
    time = rules.time_of(vote.competition, now)
    if time is not None and not time.is_over:
        vote.delete()
    else:
        Vote.objects.filter(pk=vote.pk).update(network="")


def _keys_of(request):
    participant = visitors.current(request)
    return {"participant": {participant.pk}} if participant else {}


def register():
    register_holder(
        Holder(
            "competitions",
            _of_person,
            _change,
            keys_of=_keys_of,
            way_in=partial(visitors.way_in, "mine", None),
            way_in_label=_("Prove a mailbox used in a competition"),
        )
    )
