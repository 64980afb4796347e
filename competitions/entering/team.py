"""The team of an entry: invited by its leader, answered for by each person themselves.

Whoever is invited proves the very mailbox the invitation went to, or signs in with the account of that
address. A change to the team of an entry that was handed in counts once it is handed in again.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import User
from trust.consents import set_consents

from .. import events, telling, visitors
from ..addresses import email_key
from ..consenting import ASKED, NEEDED, subject_of
from ..consequences import give_up
from ..models import Invitation, Participant, Participation
from ..moves import Refusal
from ..rules import refusal_to_take
from . import about
from .permits import (
    ALIVE,
    NotEditable,
    leads,
    lock,
    lock_for_editing,
    mark_edited,
    place_of,
    refusal_to_answer,
)

MOST_A_DAY = 20  # invitations of one entry: each is a letter to somebody who did not ask for it
WAITING = Invitation.Answer.WAITING
_DAY = timedelta(days=1)


# ---- the leader's side


def invite(entry, leader, full_name, email, now=None):
    """Asks somebody to join; they get a notice or a letter. Raises `NotEditable`."""
    key = email_key(email)
    with transaction.atomic():
        locked = lock_for_editing(entry, leader, now)
        now = now or timezone.now()
        if refusal := _refusal_to_invite(locked, leader, key, now):
            raise NotEditable(refusal)
        invitation = Invitation.objects.create(
            entry=locked, full_name=full_name, email=email, email_key=key, invited_at=now
        )
        mark_edited(locked)
        telling.tell(
            events.INVITED,
            [_addressee(invitation)],
            link=address_of(invitation),
            subject=locked.competition.code,
            now=now,
        )
    return invitation


def _refusal_to_invite(entry, leader, key, now):
    invitations = list(entry.invitations.all())
    places = [p for p in entry.participations.select_related("participant") if p.ended_at is None]
    waiting = [i for i in invitations if i.answer == WAITING]
    if key == leader.email_key:
        return Refusal("own_address", field="email")
    if any(place.participant.email_key == key for place in places):
        return Refusal("already_in_team", field="email")
    if any(invitation.email_key == key for invitation in waiting):
        return Refusal("already_invited", field="email")
    if len(places) + len(waiting) >= entry.competition.team_most:
        return Refusal("team_full", {"most": entry.competition.team_most})
    if sum(invitation.invited_at > now - _DAY for invitation in invitations) >= MOST_A_DAY:
        return Refusal("too_many_invitations", {"most": MOST_A_DAY})
    return None


def _addressee(invitation):
    """The participant behind the address; an account that never entered is met by its own notices; anybody
    else is written to."""
    found = Participant.objects.select_related("user").filter(email_key=invitation.email_key).first()
    if found is not None:
        return found
    user = User.objects.filter(email__iexact=invitation.email, is_active=True).order_by("pk").first()
    return visitors.of_account(user) if user else Participant(email=invitation.email)


def take_back(entry, leader, pk, now=None):
    """Before it is answered; the invitation, or None where nothing waits any more. Raises `NotEditable`."""
    with transaction.atomic():
        locked = lock_for_editing(entry, leader, now)
        invitation = locked.invitations.filter(pk=pk, answer=WAITING).first()
        if invitation is not None:
            _close(invitation, Invitation.Answer.TAKEN_BACK, now or timezone.now())
            mark_edited(locked)
    return invitation


def remove(entry, leader, place_pk, now=None):
    """Takes a member off; they are told. The place, or None where it is none any more. Raises
    `NotEditable`."""
    with transaction.atomic():
        locked = lock_for_editing(entry, leader, now)
        place = _member_places(locked).filter(pk=place_pk).first()
        if place is not None:
            _end(locked, place, events.TAKEN_OFF, [place.participant], now or timezone.now())
    return place


# ---- the other side


def address_of(invitation):
    return f"/cuoc-thi/bai-cua-toi/loi-moi/{invitation.pk}/"


def invitations_of(participant):
    """Those sent to this person's mailbox, whatever became of them."""
    if participant is None or not participant.email_key:
        return Invitation.objects.none()
    return Invitation.objects.filter(email_key=participant.email_key).select_related("entry__competition")


def refusal_to_join(invitation, participant, now):
    """Why the person cannot say yes, or None; what they can still answer about themselves is no reason."""
    entry = invitation.entry
    if invitation.answer != WAITING or entry.state not in ALIVE:
        return Refusal("invitation_over", {"answer": invitation.answer})
    if refusal := refusal_to_take(entry.competition, now):
        return refusal
    if _is_in_an_entry(participant, entry.competition_id):
        return Refusal("already_in_an_entry")
    refusal = about.refusal_with(entry.competition, participant, {}, now)
    return refusal if refusal and not refusal.field else None


def join(invitation, participant, answers, agreed, now=None):
    """Says yes: the person's own answers, consents and place, in one step. Raises `NotEditable`."""
    with transaction.atomic():
        entry, invitation = _lock_with(invitation)
        now = now or timezone.now()
        refusal = refusal_to_join(invitation, participant, now) or about.refusal_with(
            entry.competition, participant, answers, now
        )
        if refusal is None and set(NEEDED) - set(agreed):
            refusal = Refusal("consent_needed", field="consents")
        if refusal:
            raise NotEditable(refusal)
        about.describe(participant, answers)
        set_consents(subject_of(participant, entry.competition), set(agreed), ASKED, now)
        _take_place(entry, participant, now)
        _close(invitation, Invitation.Answer.ACCEPTED, now)
        mark_edited(entry)
        _tell_leader(entry, events.JOINED, now)
    return entry


def decline(invitation, now=None):
    """Says no; whether it was still waiting."""
    with transaction.atomic():
        entry, invitation = _lock_with(invitation)
        if invitation.answer != WAITING:
            return False
        now = now or timezone.now()
        _close(invitation, Invitation.Answer.DECLINED, now)
        _tell_leader(entry, events.DECLINED_INVITATION, now)
    return True


def refusal_to_leave(entry, participant):
    return refusal_to_answer(entry, participant) or (
        Refusal("leader_stays") if leads(entry, participant) else None
    )


def leave(entry, participant, now=None):
    """A member gives their place up, at any time the entry lives; the leader is told. Raises
    `NotEditable`."""
    with transaction.atomic():
        locked = lock(entry)
        now = now or timezone.now()
        if refusal := refusal_to_leave(locked, participant):
            raise NotEditable(refusal)
        place = place_of(locked, participant)
        leaders = [p.participant for p in _leader_places(locked)]
        _end(locked, place, events.LEFT, leaders, now)


# ---- inside the transaction


def _lock_with(invitation):
    entry = lock(invitation.entry)
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    row.entry = entry
    return entry, row


def _is_in_an_entry(participant, competition_id):
    own = Participation.objects.filter(participant=participant, competition_id=competition_id)
    return own.filter(ended_at__isnull=True).exists()


def _take_place(entry, participant, now):
    try:
        with transaction.atomic():
            Participation.objects.create(
                competition=entry.competition,
                entry=entry,
                participant=participant,
                role=Participation.Role.MEMBER,
                joined_at=now,
            )
    except IntegrityError:  # another window took a place elsewhere in between
        raise NotEditable(Refusal("already_in_an_entry")) from None


def _close(invitation, answer, now):
    invitation.answer, invitation.answered_at = answer, now
    invitation.save(update_fields=["answer", "answered_at"])


def _member_places(entry):
    return entry.participations.filter(role=Participation.Role.MEMBER, ended_at__isnull=True).select_related(
        "participant__user"
    )


def _leader_places(entry):
    return entry.participations.filter(role=Participation.Role.LEADER, ended_at__isnull=True).select_related(
        "participant__user"
    )


def _end(entry, place, event, told, now):
    give_up(Participation.objects.filter(pk=place.pk), now)
    mark_edited(entry)
    telling.tell(event, told, link=_link(entry, event), subject=entry.competition.code, now=now)


def _link(entry, event):
    """Whoever was taken off cannot open the entry any more."""
    return "/cuoc-thi/bai-cua-toi/" if event is events.TAKEN_OFF else entry.get_absolute_url()


def _tell_leader(entry, event, now):
    leaders = [place.participant for place in _leader_places(entry)]
    telling.tell(event, leaders, link=entry.get_absolute_url(), subject=entry.competition.code, now=now)
