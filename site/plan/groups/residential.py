"""Residential groups: units of one kind under the ward, kept by coordinators and administrators."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Unit
from people.roles import Role, has_role
from portal import search
from portal.stamp import raise_stamp
from vietnamese.text import fold, nfc

from ..models import ResidentialGroupChange, Showcase
from ..showcase.published import FOUND_AS

KIND = "Tổ dân phố"  # as the roster files them
PREFIX = "TDP-"


def may_keep(user) -> bool:
    return has_role(user, Role.PLAN_COORDINATOR, Role.ADMINISTRATOR)


def residential_groups():
    """In the office's order."""
    return Unit.objects.filter(kind=KIND).order_by("order", "code")


def write(name, user, *, unit=None, now=None):
    """A new one, or another name for `unit`. Raises ValidationError in words, with nothing written."""
    name, now = nfc(name), now or timezone.now()
    with transaction.atomic():
        ward = Unit.objects.select_for_update().get(code=settings.WARD_CODE)
        present = list(residential_groups())
        for other in present:
            if fold(other.name) == fold(name) and (unit is None or other.pk != unit.pk):
                raise ValidationError(
                    _("“%(name)s” is there already, with the code %(code)s."),
                    params={"name": other.name, "code": other.code},
                )
        if unit is None:
            unit = Unit.objects.create(
                code=_next_code(), name=name, kind=KIND, parent=ward, order=100 + len(present)
            )
            _log(unit, "added", user, now, {"name": name})
            return unit
        unit = residential_groups().select_for_update().get(pk=unit.pk)
        if unit.name != name:
            _log(unit, "renamed", user, now, {"name": name, "before": unit.name})
            unit.name = name
            unit.save(update_fields=["name"])
            _tell_pages(unit)
    return unit


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


def _log(unit, change, user, now, data):
    ResidentialGroupChange.objects.create(
        unit=unit, at=now, actor=user, actor_name=user.display_name, change=change, data=data
    )
