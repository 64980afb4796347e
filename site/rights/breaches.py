"""The register of breaches: entered, the authority notified within 72 hours, the people concerned told,
closed."""

from django.db import transaction
from django.utils import timezone

from people.roles import Role, has_role
from trust import audit

from . import clocks, log, owing
from .models import Breach, BreachEntry, RightsNumber
from .models.breach import BreachState
from .refusing import Refused

SERIES = "SC"


def keep(user, values, *, now=None):
    """Enters a breach; its 72 hours run from when it was found."""
    now = now or timezone.now()
    _check(user, values, now)
    with transaction.atomic():
        number = RightsNumber.take(SERIES, timezone.localdate(values["found_at"]).year)
        breach = Breach(number=number, tell_by=clocks.breach_due(values["found_at"]), **values)
        breach.save(force_insert=True)
        _write(breach, "entered", user, now)
        owing.follow_breach(breach, now)
    return breach


def change(breach, user, values, *, version, now=None):
    """Adds what was found out since; the log keeps what it said before."""
    now = now or timezone.now()
    _check(user, values, now)
    with transaction.atomic():
        locked = _locked(breach, version)
        before = {
            name: str(getattr(locked, name)) for name in values if getattr(locked, name) != values[name]
        }
        for name, value in values.items():
            setattr(locked, name, value)
        locked.tell_by = clocks.breach_due(locked.found_at)
        locked.edit_version += 1
        if locked.authority_told_at and locked.authority_told_at > locked.tell_by and not locked.late_reason:
            raise Refused("late_needs_reason", "found_at")
        locked.save()
        _write(locked, "changed", user, now, before=before)
        owing.follow_breach(locked, now)
    return locked


def tell_authority(breach, user, at, paper, late_reason="", *, version, now=None):
    """Records that the authority was notified; why, where it was later than 72 hours."""
    now = now or timezone.now()
    _only_officer(user)
    with transaction.atomic():
        locked = _locked(breach, version)
        if locked.authority_told_at:
            raise Refused("told_already")
        if at > now:
            raise Refused("moment_in_future", "at")
        if at > locked.tell_by and not late_reason.strip():
            raise Refused("late_needs_reason", "late_reason")
        locked.authority_told_at, locked.authority_paper = at, paper
        locked.late_reason, locked.state = late_reason.strip(), BreachState.TOLD
        locked.edit_version += 1
        locked.save()
        _write(locked, "authority_told", user, now)
        owing.follow_breach(locked, now)
    return locked


def close(breach, user, measures, people_told_at=None, *, version, now=None):
    now = now or timezone.now()
    _only_officer(user)
    with transaction.atomic():
        locked = _locked(breach, version)
        if not locked.authority_told_at:
            raise Refused("tell_first")
        if people_told_at and people_told_at > now:
            raise Refused("moment_in_future", "people_told_at")
        locked.measures, locked.people_told_at = measures, people_told_at
        locked.state, locked.closed_at = BreachState.CLOSED, now
        locked.edit_version += 1
        locked.save()
        _write(locked, "closed", user, now)
    return locked


def _only_officer(user):
    if not has_role(user, Role.DATA_PROTECTION_OFFICER):
        raise Refused("only_officer")


def _check(user, values, now):
    _only_officer(user)
    if values["found_at"] > now:
        raise Refused("moment_in_future", "found_at")
    if values.get("happened_at") and values["happened_at"] > values["found_at"]:
        raise Refused("found_before_happened", "happened_at")


def _locked(breach, version):
    locked = Breach.objects.select_for_update().get(pk=breach.pk)
    if locked.edit_version != version:
        raise Refused("changed")
    if locked.state == BreachState.CLOSED:
        raise Refused("is_settled")
    return locked


def _write(breach, step, user, now, **details):
    BreachEntry.objects.create(breach=breach, at=now, step=step, details=details, **log.actor_values(user))
    audit.record(f"breach.{step}", actor=user, target=("breach", breach.number))
