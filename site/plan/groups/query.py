"""How many clubs and teams are active, and where: a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import F, Max, Q
from django.utils import timezone

from config.figures import LEAST_SHOWN, Figure, Value
from people.models import containing

from ..models import GroupActivity, GroupMember, LocalGroup
from .active import is_active
from .residential import residential_groups

CLUBS, TEAMS = "clubs", "teams"  # codes of the two books


@dataclass(frozen=True)
class Summary:
    """What may be public of one of the two: counts, never names. `active` are clubs or teams, `covered`
    residential groups with an active one, of `residential` there are."""

    groups: int
    active: int
    covered: int
    residential: int
    members: int
    activities: int  # of the year, until the day
    people: int  # who took part in these
    months: int
    as_of: date

    @property
    def public_members(self):
        """None where so few would be told one by one (`LEAST_SHOWN`)."""
        return self.members if self.members >= LEAST_SHOWN else None


def standing(book):
    return LocalGroup.objects.filter(book=book, struck_at__isnull=True)


def summary(book, day=None) -> Summary:
    """Of one of the two books on a day. Five queries."""
    day = day or timezone.localdate()
    months = settings.PLAN_ACTIVE_MONTHS
    ended = dict(residential_groups().values_list("pk", "residential_end__ended_from"))
    places = {key for key, on in ended.items() if on is None or day < on}
    rows = standing(book).filter(containing(day))
    rows = [row for row in rows if row.unit_id in places or row.unit_id not in ended]
    keys = [row.pk for row in rows]
    latest = _latest(keys, day)
    active = [
        row for row in rows if is_active(row.start_on, row.end_before, latest.get(row.pk, ()), day, months)
    ]
    held = GroupActivity.objects.filter(
        struck_at__isnull=True, group__book=book, group__struck_at__isnull=True
    ).filter(held_on__year=day.year, held_on__lte=day)
    people = list(held.values_list("people", flat=True))
    return Summary(
        groups=len(rows),
        active=len(active),
        covered=len({row.unit_id for row in active} & places),
        residential=len(places),
        members=GroupMember.objects.filter(containing(day), group__in=keys).count(),
        activities=len(people),
        people=sum(people),
        months=months,
        as_of=day,
    )


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
