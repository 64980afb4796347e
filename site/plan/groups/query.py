"""How many clubs and teams are active, and where: a constant number of queries."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Max, Q
from django.utils import timezone

from config.figures import Figure, Value
from people.models import containing

from ..models import GroupActivity, LocalGroup
from .active import is_active
from .residential import residential_groups

CLUBS, TEAMS = "clubs", "teams"  # codes of the two books


@dataclass(frozen=True)
class Summary:
    """Of one of the two: how many clubs or teams are active, how many residential groups have an active one
    (`covered`), of how many there are."""

    active: int
    covered: int
    residential: int


def summary(book, day=None) -> Summary:
    """Of one of the two books on a day. Three queries."""
    day = day or timezone.localdate()
    ended = dict(residential_groups().values_list("pk", "residential_end__ended_from"))
    places = {key for key, on in ended.items() if on is None or day < on}
    rows = LocalGroup.objects.filter(containing(day), book=book, struck_at__isnull=True)
    rows = [row for row in rows if row.unit_id in places or row.unit_id not in ended]
    latest, months = _latest([row.pk for row in rows], day), settings.PLAN_ACTIVE_MONTHS
    active = [
        row for row in rows if is_active(row.start_on, row.end_before, latest.get(row.pk, ()), day, months)
    ]
    return Summary(len(active), len({row.unit_id for row in active} & places), len(places))


def _latest(keys, day):
    """{group: (day of its latest activity,)}: no earlier one makes it active where the latest does not."""
    found = (
        GroupActivity.objects.filter(struck_at__isnull=True, group__in=keys, held_on__lte=day)
        .filter(held_on__gte=F("group__start_on"))
        .filter(Q(group__end_before__isnull=True) | Q(held_on__lt=F("group__end_before")))
        .order_by()
        .values_list("group")
        .annotate(latest=Max("held_on"))
    )
    return {key: (latest,) for key, latest in found}


def clubs(year, day) -> Value:
    """C6: residential groups with an active club. The plan names no number: reached where each has one."""
    found = summary(CLUBS, day)
    return _value(found.covered, found, day, "plan.clubs")


def teams(year, day) -> Value:
    """C9: active teams. Reached where each residential group has one."""
    found = summary(TEAMS, day)
    return _value(found.active, found, day, "plan.teams")


def _value(number, found, day, source):
    complete = 0 < found.residential <= found.covered
    return Value(number, None, None, complete, day, source)


def figures():
    from django.utils.translation import gettext_lazy as _

    yield Figure("C6", _("Residential groups with an active innovation club"), clubs)
    yield Figure("C9", _("Active community digital teams"), teams)
