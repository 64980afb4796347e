"""Exemptions from a requirement: asked for by one person, approved by a personnel officer who is neither the
asker nor the exempted (training.md §1, §3).

The reason is health data: `reason_for` is the only way a page reads it.
"""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from notifications.events import announce
from people.models import Staff
from people.roles import Role, has_role, holders_of
from trust.audit import record

from . import claim_events as events
from .access import is_training_officer, may_see_reasons
from .claims import Refused, days_in_words, person_of, staff_of, write_line
from .headed import headed_staff
from .models import Exemption, Requirement

State = Exemption.State


@dataclass(frozen=True)
class Asked:
    """From `start_on` to the end of the day before `end_before`; None: no end."""

    requirement: Requirement
    start_on: date
    end_before: date | None = None
    reason: str = ""
    decision_number: str = ""


# ---- who sees, who may


def visible_to(user):
    """The personnel officer's all; otherwise one's own and what one asked for. Never with the reason."""
    rows = Exemption.objects.defer("reason")
    if has_role(user, Role.PERSONNEL_OFFICER):
        return rows
    staff = person_of(user)
    return rows.filter(Q(staff=staff) | Q(requester=staff)) if staff else rows.none()


def waiting_for(user):
    """Those this personnel officer can answer now, the oldest first."""
    staff = getattr(user, "staff", None) if has_role(user, Role.PERSONNEL_OFFICER) else None
    if staff is None:
        return Exemption.objects.none()
    rows = Exemption.objects.defer("reason").filter(state=State.REQUESTED).exclude(staff=staff)
    return rows.filter(Q(requester__isnull=True) | ~Q(requester=staff)).order_by("requested_at", "pk")


def reason_for(user, exemption) -> str:
    """The reason where this account may read it, "" otherwise. Who read one is kept in the audit trail."""
    if not exemption.reason or not may_see_reasons(user):
        return ""
    record("health.read", actor=user, target=exemption)
    return exemption.reason


def may_ask_for_others(user) -> bool:
    return has_role(user, Role.PERSONNEL_OFFICER, Role.TRAINING_OFFICER, Role.UNIT_HEAD)


def refusal_to_ask(user, staff, day):
    """Why this person can't ask for `staff`; None when they can."""
    own = person_of(user)
    if own is None:
        return Refused("no_staff")
    if own.pk == staff.pk or is_training_officer(user) or has_role(user, Role.PERSONNEL_OFFICER):
        return None
    if headed_staff(user, day).filter(pk=staff.pk).exists():
        return None
    return Refused("only_askers", "staff_code")


def refusal(exemption, user, to):
    """Why this person can't bring `exemption` to the state `to`; None when they can."""
    if not has_role(user, Role.PERSONNEL_OFFICER):
        return Refused("only_personnel")
    if to not in _FOLLOWS.get(exemption.state, ()):
        return Refused("already_decided")
    staff = getattr(user, "staff", None)
    if staff is None:
        return Refused("no_staff")
    if exemption.staff_id == staff.pk:
        return Refused("approver_is_the_person")
    return Refused("approver_asked_for_it") if exemption.requester_id == staff.pk else None


_FOLLOWS = {State.REQUESTED: (State.APPROVED, State.REFUSED), State.APPROVED: (State.REFUSED,)}


# ---- steps


def ask(user, staff, asked: Asked, *, now=None) -> Exemption:
    """Asks for an exemption of `staff`. Raises Refused, for days already asked for or approved too."""
    now = now or timezone.now()
    requester = staff_of(user)
    if refused := refusal_to_ask(user, staff, timezone.localdate(now)):
        raise refused
    if asked.end_before is not None and asked.end_before <= asked.start_on:
        raise Refused("dates_turned", "last_day")
    try:
        with transaction.atomic():
            Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
            exemption = _row_for(staff, asked)
            before = "" if exemption._state.adding else exemption.state
            _refuse_overlap(exemption, (State.REQUESTED, State.APPROVED))
            exemption.state, exemption.requester, exemption.requested_by = State.REQUESTED, requester, user
            exemption.requested_at, exemption.reason = now, asked.reason.strip()
            exemption.decision_number = asked.decision_number.strip()
            exemption.approver, exemption.approver_name, exemption.decided_at = None, "", None
            exemption.refusal_reason = ""
            exemption.save(force_insert=exemption._state.adding)
            write_line(exemption.history, "ask", user, before, exemption.state, now)
            own = {user.pk, staff.user_id}
            told = [person for person in holders_of(Role.PERSONNEL_OFFICER) if person.pk not in own]
            announce(events.EXEMPTION_TO_APPROVE, told, link=exemption.get_absolute_url())
    except IntegrityError as error:  # the same first day, written meanwhile by a file
        raise Refused("exemption_overlaps", "start_on", days=f"{asked.start_on:%d/%m/%Y}") from error
    return exemption


def decide(exemption, user, to, *, decision_number="", reason="", now=None) -> Exemption:
    """Approves, or refuses with a reason the person reads. Raises Refused."""
    now = now or timezone.now()
    reason = reason.strip()
    if to == State.REFUSED and not reason:
        raise Refused("refusal_reason_missing", "reason")
    with transaction.atomic():
        locked = (
            Exemption.objects.select_for_update(of=("self",)).select_related("staff").get(pk=exemption.pk)
        )
        if refused := refusal(locked, user, to):
            raise refused
        if to == State.APPROVED:
            _refuse_overlap(locked, (State.APPROVED,))
        before = locked.state
        locked.state, locked.decided_at, locked.refusal_reason = to, now, reason
        locked.approver, locked.approver_name = user.staff, user.display_name
        locked.decision_number = decision_number.strip() or locked.decision_number
        locked.save()
        step = "approve" if to == State.APPROVED else "refuse"
        write_line(locked.history, step, user, before, to, now, reason)
        requester = locked.requester.user_id if locked.requester else None
        told = {locked.staff.user_id, requester} - {user.pk, None}
        announce(events.EXEMPTION_ANSWERED, told, link=locked.get_absolute_url())
    return locked


def _row_for(staff, asked):
    """A new row, or the refused one that begins on the same day, taken up again."""
    key = {"staff": staff, "requirement": asked.requirement, "start_on": asked.start_on}
    present = Exemption.objects.select_for_update(of=("self",)).filter(**key).first()
    if present is not None and present.state != State.REFUSED:
        raise Refused("exemption_overlaps", "start_on", days=days_in_words(present))
    exemption = present or Exemption(**key)
    exemption.end_before = asked.end_before
    return exemption


def _refuse_overlap(exemption, states):
    rows = Exemption.objects.filter(
        staff=exemption.staff_id, requirement=exemption.requirement_id, state__in=states
    )
    first = exemption._overlapping(rows).order_by("start_on").first()
    if first is not None:
        raise Refused("exemption_overlaps", "start_on", days=days_in_words(first))
