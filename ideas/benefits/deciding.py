"""Verifying what somebody else stated, or returning it with a reason; the use by a unit is confirmed by its
head. What was verified can be returned as well: a figure that no longer holds leaves the public page at once.
"""

from django.db import transaction
from django.utils import timezone

from ideas import events
from ideas.history import record
from ideas.models import Adoption, BenefitIndicator, ClaimState, Initiative, Measurement
from ideas.moves import Actor
from ideas.refusing import Refused
from notifications.events import announce
from people.service import primary_unit_of
from portal.stamp import raise_stamp

from . import owing
from .access import Rights

KINDS = {"chi-so": BenefitIndicator, "lan-do": Measurement, "ap-dung": Adoption}


def refusal(claim, rights, to):
    """Why this person cannot bring `claim` to `to` (verified, returned) now; None when they can."""
    is_use = isinstance(claim, Adoption)
    if refused := rights.confirm_refusal(claim) if is_use else rights.verify_refusal(claim):
        return refused
    if claim.state == to:
        return Refused("claim_is_verified" if to == ClaimState.VERIFIED else "claim_is_returned")
    if claim.state == ClaimState.RETURNED:
        return Refused("claim_is_returned")
    if to == ClaimState.VERIFIED and isinstance(claim, Measurement) and not claim.indicator.is_verified:
        return Refused("indicator_not_verified")
    return None


def decide(claim, user, to, *, reason="", seen=None, now=None):
    """Verifies or returns. `seen` is the version of the figure the person looked at. Raises `Refused`."""
    now, reason = now or timezone.now(), reason.strip()
    if to == ClaimState.RETURNED and not reason:
        raise Refused("return_reason_missing", "reason")
    with transaction.atomic():
        rows = Initiative.objects.select_for_update(of=("self",)).for_workflow()
        initiative = rows.get(pk=claim.initiative.pk)
        row = type(claim).objects.select_for_update().get(pk=claim.pk)
        if seen is not None and row.edit_version != seen:
            raise Refused("claim_changed")
        rights = Rights(initiative, user, now)
        if refused := refusal(row, rights, to):
            raise refused
        _settle(row, initiative, user, to, reason, now)
        _tell(initiative, user, to)
    return row


def confirm_own(adoption, initiative, user, now):
    """The head of the using unit wrote it down: that confirms it. Inside the caller's transaction."""
    _settle(adoption, initiative, user, ClaimState.VERIFIED, "", now)


def _settle(row, initiative, user, to, reason, now):
    was_public = row.is_verified
    unit = primary_unit_of(user.staff, timezone.localdate(now)) if getattr(user, "staff", None) else None
    row.state, row.return_reason = to, reason
    row.decided_at, row.decided_by_name = now, user.display_name
    row.decided_for = unit.name if unit else ""
    row.edit_version += 1
    row.save()
    step = f"{_STEMS[type(row)]}_{'verified' if to == ClaimState.VERIFIED else 'returned'}"
    role = "unit_head" if isinstance(row, Adoption) else _verifier_role(initiative, user, now)
    record(initiative, step, Actor.of(user), role, now, reason, details=_details(row))
    if not isinstance(row, Adoption):
        owing.bring_up_to_date(owing.with_results(Initiative.objects.filter(pk=initiative.pk)), now)
    if was_public or row.is_verified:
        follow_in_public(initiative)


_STEMS = {BenefitIndicator: "benefit", Measurement: "measurement", Adoption: "adoption"}


def _verifier_role(initiative, user, now):
    return "unit_head" if Rights(initiative, user, now).heads_the_unit else "secretary"


def _details(row):
    if isinstance(row, Adoption):
        return {"name": row.unit.name}
    if isinstance(row, Measurement):
        return {"name": row.indicator.name, "months": row.months}
    return {"name": row.name}


def follow_in_public(initiative):
    """Kept pages of the card and the open data are old."""
    if initiative.state == "recognised":
        raise_stamp()


def _tell(initiative, user, to):
    event = events.BENEFIT_VERIFIED if to == ClaimState.VERIFIED else events.BENEFIT_RETURNED
    authors = [a.staff.user for a in initiative.authors.all() if a.staff and a.staff.user]
    announce(
        event,
        [who for who in authors if who.pk != user.pk],
        subject=initiative.code,
        link=owing.address_of(initiative),
        refresh=(f"initiative:{initiative.pk}",),
    )
