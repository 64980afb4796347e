"""Which units lead a target and which co-operate: confirming what was proposed, or deciding otherwise."""

from django.db import transaction
from django.utils import timezone

from editing.canonical import fingerprint
from portal.stamp import raise_stamp

from ..access import coordinates
from ..models import Part, Target, TargetChange, TargetUnit
from . import events, notices
from .log import line, record
from .refusing import Refused
from .reporting import lock


def state_of(parts):
    """What a page about these parts was drawn from."""
    return fingerprint(sorted([part.unit_id, part.part, part.is_suggested] for part in parts))


def confirm(target, user, *, seen, now=None):
    """All that is proposed for this target is right."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, parts = _locked(target, user, seen, now)
        proposed = [part for part in parts if part.is_suggested]
        if not proposed:
            raise Refused("nothing_to_confirm")
        _confirmed(TargetUnit.objects.filter(pk__in=[part.pk for part in proposed]), user, now)
        record(locked, "owners_confirmed", user, now, units=_named(parts))
        raise_stamp()
        leads = [part.unit for part in proposed if part.part == Part.LEAD]
        notices.tell_reporters(events.OWNERS_CONFIRMED, locked, leads, but=user)


def confirm_many(seen, user, *, now=None):
    """All that is proposed for these targets is right: `seen` is {code: state}, and only what still stands as
    it was seen is confirmed. Answers with the codes of (what was, what was not); as many questions for all
    as for one."""
    now = now or timezone.now()
    if not coordinates(user):
        raise Refused("only_coordinator")
    with transaction.atomic():
        locked = list(Target.objects.select_for_update().filter(code__in=seen).order_by("pk"))
        if not locked:
            raise Refused("nothing_chosen")
        parts = {target.pk: [] for target in locked}
        for part in TargetUnit.objects.filter(target__in=locked).select_related("unit"):
            parts[part.target_id].append(part)
        right = [
            target
            for target in locked
            if state_of(parts[target.pk]) == seen[target.code]
            and any(part.is_suggested for part in parts[target.pk])
        ]
        proposed = {t.pk: [part for part in parts[t.pk] if part.is_suggested] for t in right}
        rows = TargetUnit.objects.filter(pk__in=[part.pk for found in proposed.values() for part in found])
        _confirmed(rows, user, now)
        TargetChange.objects.bulk_create(
            [line(t, "owners_confirmed", user, now, units=_named(parts[t.pk])) for t in right]
        )
        if right:
            raise_stamp()
        right.sort(key=lambda target: target.order)
        leads = {t: [part.unit for part in proposed[t.pk] if part.part == Part.LEAD] for t in right}
        notices.tell_reporters_of_many(events.OWNERS_CONFIRMED, events.SEVERAL_CONFIRMED, leads, but=user)
    confirmed = [target.code for target in right]
    return confirmed, sorted(set(seen) - set(confirmed))


def change(target, user, wanted, *, seen, reason="", now=None):
    """`wanted` is `[(unit, part)]` in order; what it lacks has no part any more. Decided, hence confirmed."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, parts = _locked(target, user, seen, now)
        before = {part.unit_id: part for part in parts}
        _check(wanted, before, reason)
        after = {unit.pk: part for unit, part in wanted}
        TargetUnit.objects.filter(target=locked).exclude(unit__in=after).delete()
        for order, (unit, part) in enumerate(wanted):
            if unit.pk in before:
                TargetUnit.objects.filter(pk=before[unit.pk].pk).update(part=part, order=order)
            else:
                TargetUnit.objects.create(target=locked, unit=unit, part=part, order=order)
        _confirmed(TargetUnit.objects.filter(target=locked, confirmed_at=None), user, now)
        changed = list(locked.parts.select_related("unit"))
        were = {key for key, part in before.items() if part.part == Part.LEAD}
        leads = {unit.pk for unit, part in wanted if part == Part.LEAD}
        # By key: a sum asks since when a unit leads no more, and its name may change.
        told = {"units": _named(changed), "before": _named(parts), "lost": sorted(were - leads)}
        record(locked, "owners_changed", user, now, reason, **told)
        raise_stamp()
        leads |= were
        notices.tell_reporters(events.OWNERS_CHANGED, locked, sorted(leads), but=user)


def _locked(target, user, seen, now):
    locked, rights = lock(target, user, now)
    if refused := rights.change_refusal():
        raise refused
    if state_of(rights.parts) != seen:
        raise Refused("owners_changed")
    return locked, rights.parts


def _check(wanted, before, reason):
    keys = [unit.pk for unit, _part in wanted]
    for unit, _part in wanted:
        if keys.count(unit.pk) > 1:
            raise Refused("unit_twice", "unit", unit=unit.name)
    leads = {unit.pk for unit, part in wanted if part == Part.LEAD}
    if not leads:
        raise Refused("lead_missing")
    if {key: part.part for key, part in before.items()} == {unit.pk: part for unit, part in wanted}:
        raise Refused("nothing_changed")
    lost = [
        p for p in before.values() if p.part == Part.LEAD and not p.is_suggested and p.unit_id not in leads
    ]
    if lost and not reason:
        raise Refused("owner_reason_missing", "reason")


def _confirmed(rows, user, now):
    rows.update(is_suggested=False, confirmed_at=now, confirmed_by=user, confirmed_by_name=user.display_name)


def _named(parts):
    return [[part.unit.name, part.part] for part in parts]
