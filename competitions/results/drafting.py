"""The draft of the results: the ranking with all it rests on, and who gets which prize."""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from notifications.events import Announcement, announce_many
from people.roles import Role, holders_of
from scoring.freezing import canonical_json

from .. import acts, events
from ..judging.handing_out import locked_competition
from ..models import PrizeKind, ResultList, ResultState
from ..moves import Answer, Refused
from ..telling import organisers_of
from . import prizes
from .basis import basis_of, ranking_payload, share_text
from .prizes import Fault, Slot

_WHO = ("organiser",)


@dataclass(frozen=True)
class Choice:
    """What the drafter says about one slot: an entry's code or "" (not awarded), and why."""

    entry: str
    reason: str = ""


@dataclass(frozen=True)
class Offer:
    """One slot as the form shows it: what it is called, the prize, the entry proposed, the entries to choose
    from, those among them that tie."""

    slot: Slot
    prize: object
    number: int  # 1 of …
    proposed: str
    entries: tuple
    tied: frozenset

    @property
    def is_tied(self):
        """Whether whoever is proposed here is kept apart from an equal."""
        return bool(self.tied) if self.is_favourite else self.proposed in self.tied

    @property
    def is_favourite(self):
        return self.prize.kind == PrizeKind.FAVOURITE


class PrizesRefused(Exception):
    """The prizes cannot be given so; `faults` say where and why."""

    def __init__(self, faults):
        self.faults = faults
        super().__init__(", ".join(fault.code for fault in faults))


# ---- what is offered


def slots_of(competition):
    """([Slot] by rank, [Slot] of the public's favourite)."""
    ranked, favourite = [], []
    for level, prize in enumerate(competition.prizes.order_by("order", "pk")):
        into = favourite if prize.kind == PrizeKind.FAVOURITE else ranked
        into += [Slot(f"prize-{prize.pk}-{n}", prize.pk, level) for n in range(1, prize.count + 1)]
    return ranked, favourite


def offers(competition, basis):
    """[Offer] of every announced prize, in order, with what the ranking proposes."""
    ranked, favourite = slots_of(competition)
    rows = {prize.pk: prize for prize in competition.prizes.all()}
    proposed = prizes.proposal(basis.ranking, ranked)
    codes = tuple(place.key for place in basis.ranking)
    tied = frozenset(prizes.tied_apart(basis.ranking, proposed, ranked))
    found = [_offer(slot, rows, proposed[slot.name], codes, tied) for slot in ranked]
    for prize in {slot.prize: rows[slot.prize] for slot in favourite}.values():
        found += _favourites(prize, [s for s in favourite if s.prize == prize.pk], rows, basis)
    return sorted(found, key=lambda offer: offer.slot.level)


def _favourites(prize, slots, rows, basis):
    top = tuple(prizes.favourite(basis.votes or {}, prize.count))
    tied = frozenset(top) if len(top) > prize.count else frozenset()
    proposed = [*top[: len(slots)], *[""] * (len(slots) - len(top))] if not tied else [""] * len(slots)
    return [_offer(slot, rows, code, top, tied) for slot, code in zip(slots, proposed, strict=True)]


def _offer(slot, rows, proposed, entries, tied):
    number = int(slot.name.rpartition("-")[2])
    return Offer(slot, rows[slot.prize], number, proposed, entries, tied)


def faults(competition, basis, choices):
    """What is wrong with {slot name: Choice}, by slot."""
    ranked, favourite = slots_of(competition)
    given = {name: choice.entry for name, choice in choices.items()}
    reasons = {name: choice.reason for name, choice in choices.items()}
    found = prizes.faults(basis.ranking, given, ranked, reasons)
    return found + _favourite_faults(competition, basis, favourite, given, reasons)


def _favourite_faults(competition, basis, slots, given, reasons):
    found, seen = [], set()
    counts = {prize.pk: prize.count for prize in competition.prizes.all()}
    for slot in slots:
        code = given.get(slot.name, "")
        if not code:
            continue
        top = prizes.favourite(basis.votes or {}, counts[slot.prize])
        if code not in top:
            found.append(Fault(slot.name, "not_the_favourite", code))
        elif (slot.prize, code) in seen:
            found.append(Fault(slot.name, "twice", code))
        elif len(top) > counts[slot.prize] and not reasons.get(slot.name, "").strip():
            found.append(Fault(slot.name, "tie_without_reason", code))
        seen.add((slot.prize, code))
    return found


# ---- as data


def payload_of(competition, basis, choices):
    """The results as data: what was decided beside all it rests on. The same rows give the same bytes."""
    rows = {prize.pk: prize for prize in competition.prizes.all()}
    return {
        "format": 1,
        "competition": competition.code,
        "vote_share": share_text(competition),
        "source": basis.source,
        "votes": basis.count,
        "ranking": ranking_payload(basis),
        "prizes": [
            {
                "prize": slot.prize,
                "slot": slot.name,
                "name": rows[slot.prize].name,
                "kind": rows[slot.prize].kind,
                "amount": rows[slot.prize].amount,
                "entry": choices[slot.name].entry if slot.name in choices else "",
                "reason": choices[slot.name].reason.strip() if slot.name in choices else "",
            }
            for slots in slots_of(competition)
            for slot in slots
        ],
    }


def choices_in(payload):
    """{slot name: Choice} of a kept payload."""
    return {prize["slot"]: Choice(prize["entry"], prize["reason"]) for prize in payload["prizes"]}


def payload_in(result_list):
    return json.loads(result_list.payload)


def hash_now(competition, result_list, now):
    """The hash the kept decisions have over what stands in the database now: equal to the kept one, or
    something it rests on has changed since. Raises `Refused` where the basis is gone."""
    choices = choices_in(payload_in(result_list))
    return _hashed(payload_of(competition, basis_of(competition, now), choices))[1]


def _hashed(payload):
    canonical = canonical_json(payload)
    return canonical, hashlib.sha256(canonical).hexdigest()


# ---- drafting


def kept(competition):
    """The `ResultList` of the competition, or None."""
    return ResultList.objects.filter(competition=competition).first()


def draft(competition, user, choices, *, seen, note="", now=None):
    """Keeps the results as a draft for somebody else to check. `seen` is the hash of the draft the person had
    before them, "" for none: two drafters at once see each other. Raises `Refused`, `PrizesRefused`."""
    with transaction.atomic():
        competition = locked_competition(competition)
        now = now or timezone.now()
        before = kept(competition)
        if before is not None and before.state == ResultState.PUBLISHED:
            raise Refused(Answer("draft", False, "results_are_out", who=_WHO))
        if seen != (before.sha256 if before else ""):
            raise Refused(Answer("draft", False, "drafted_meanwhile", who=_WHO))
        basis = basis_of(competition, now)
        if wrong := faults(competition, basis, choices):
            raise PrizesRefused(wrong)
        canonical, sha256 = _hashed(payload_of(competition, basis, choices))
        result_list, _made = ResultList.objects.update_or_create(
            competition=competition,
            defaults={
                "state": ResultState.DRAFT,
                "payload": canonical.decode(),
                "sha256": sha256,
                "note": note,
                "drafted_by": user,
                "drafted_by_name": user.display_name[:120],
                "drafted_at": now,
                "checked_by": None,
                "checked_by_name": "",
                "checked_at": None,
            },
        )
        acts.log(competition, "drafted", user, now=now, sha256=sha256)
        others = {person.pk: person for person in [*organisers_of(competition), *holders_of(Role.PUBLISHER)]}
        others.pop(user.pk, None)
        told = Announcement(
            events.RESULTS_DRAFTED, others.values(), address_of(competition), competition.code
        )
        announce_many([told])
    return result_list


def address_of(competition):
    return f"/cuoc-thi/to-chuc/{competition.code}/ket-qua/"
