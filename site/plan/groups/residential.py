"""Residential groups: units of one kind under the ward, kept by coordinators and administrators."""

from datetime import datetime, time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Unit
from people.roles import Role, has_role
from portal import search
from portal.public_page import keep_until
from portal.stamp import raise_stamp
from vietnamese.text import fold, nfc

from ..models import ResidentialEnd, ResidentialGroupChange, Showcase
from ..showcase.published import FOUND_AS
from . import ending

KIND = "Tổ dân phố"  # as the roster files them
PREFIX = "TDP-"


def may_keep(user) -> bool:
    return has_role(user, Role.PLAN_COORDINATOR, Role.ADMINISTRATOR)


def residential_groups():
    """In the office's order, those included that have ended."""
    return Unit.objects.filter(kind=KIND).order_by("order", "code")


def standing_groups(day):
    return residential_groups().exclude(residential_end__ended_from__lte=day)


def gone(day) -> set[int]:
    """Keys of those that have ended by `day`."""
    return set(ResidentialEnd.objects.filter(ended_from__lte=day).values_list("unit", flat=True))


def write(name, user, *, unit=None, now=None):
    """A new one, or another name for `unit`. Raises ValidationError in words, with nothing written."""
    name, now = nfc(name), now or timezone.now()
    with transaction.atomic():
        ward = Unit.objects.select_for_update().get(code=settings.WARD_CODE)
        _check_free(name, unit, timezone.localdate(now))
        if unit is None:
            order = 100 + residential_groups().count()
            unit = Unit.objects.create(code=_next_code(), name=name, kind=KIND, parent=ward, order=order)
            _log(unit, "added", user, now, {"name": name})
            return unit
        unit = residential_groups().select_for_update().get(pk=unit.pk)
        if unit.name != name:
            _log(unit, "renamed", user, now, {"name": name, "before": unit.name})
            unit.name = name
            unit.save(update_fields=["name"])
            _tell_pages(unit)
    return unit


def _check_free(name, unit, day):
    """No two that are there bear one name; that of an ended one is free."""
    for other in standing_groups(day):
        if fold(other.name) == fold(name) and (unit is None or other.pk != unit.pk):
            raise ValidationError(
                _("“%(name)s” is there already, with the code %(code)s."),
                params={"name": other.name, "code": other.code},
            )


def _lock():
    """One change of the groups at a time: each is judged by all others."""
    Unit.objects.select_for_update().get(code=settings.WARD_CODE)


def end(unit, user, *, day, reason, into=None, now=None):
    """It is no longer there from `day` on, merged into another where `into` says so. Raises ValidationError
    in words, its code the field it is about ("done": ended before), with nothing written."""
    now = now or timezone.now()
    with transaction.atomic():
        _lock()
        ends = {row.unit_id: ending.End(row.ended_from, row.into_id) for row in ResidentialEnd.objects.all()}
        if unit.pk in ends:
            raise ValidationError(_("“%(name)s” has ended already."), "done", {"name": unit.name})
        if ending.into_refused(ends, unit.pk, into and into.pk, day):
            if into.pk == unit.pk:
                raise ValidationError(_("It cannot be merged into itself. Choose another one."), "into")
            words = _("“%(name)s” is no longer there on that day. Choose another one, or an earlier day.")
            raise ValidationError(words, "into", {"name": into.name})
        if other := ending.merged_later(ends, unit.pk, day):
            words = _("“%(name)s” is merged into it on %(day)s. Type a later day, or undo that end first.")
            said = {"name": Unit.objects.get(pk=other).name, "day": f"{ends[other].ended_from:%d/%m/%Y}"}
            raise ValidationError(words, "ended_from", said)
        ResidentialEnd.objects.create(unit=unit, ended_from=day, into=into)
        said = {"name": unit.name, "day": f"{day:%d/%m/%Y}"} | ({"into": into.name} if into else {})
        _log(unit, "ended", user, now, said, reason)
        raise_stamp()


def undo_end(unit, user, *, reason, now=None):
    now = now or timezone.now()
    with transaction.atomic():
        _lock()
        row = ResidentialEnd.objects.filter(unit=unit).first()
        if row is None:
            raise ValidationError(_("“%(name)s” has not ended."), "done", {"name": unit.name})
        _check_free(unit.name, unit, timezone.localdate(now))
        row.delete()
        _log(unit, "end_undone", user, now, {"name": unit.name}, reason)
        raise_stamp()


def keep_until_ended(request, units):
    """A kept page that names groups which end soon is true until then only."""
    ends = [getattr(unit, "residential_end", None) for unit in units]
    days = [end.ended_from for end in ends if end and end.ended_from > timezone.localdate()]
    if days:
        keep_until(request, timezone.make_aware(datetime.combine(min(days), time.min)))


def _tell_pages(unit):
    """Everybody's pages and the search show the name of the place beside a model example."""
    raise_stamp()
    here = Showcase.objects.filter(Q(where=unit) | Q(where=None, unit=unit))
    search.refresh(FOUND_AS, list(here.values_list("pk", flat=True)))


def _next_code():
    taken = set(Unit.objects.filter(code__startswith=PREFIX).values_list("code", flat=True))
    number = len(taken) + 1
    while f"{PREFIX}{number:02d}" in taken:
        number += 1
    return f"{PREFIX}{number:02d}"


def _log(unit, change, user, now, data, note=""):
    by = {"actor": user, "actor_name": user.display_name}
    ResidentialGroupChange.objects.create(unit=unit, at=now, change=change, data=data, note=note, **by)
