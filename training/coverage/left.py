"""Who was in scope earlier in the year and no longer is: OUT, on its own line (training.md §2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Q

from people.models import ServiceSpell, containing

from .policy import Policy


@dataclass(frozen=True)
class Left:
    """Somebody who left the scope; `last_day` is the last one in it."""

    staff_id: int
    staff_code: str
    full_name: str
    last_day: date


def left_scope(policy: Policy, day: date, *, units: Collection[int] | None = None) -> list[Left]:
    """People whose last service in the policy's categories ended in the year up to `day`, by staff code.

    `units`: only those who belonged to one of these on their last day. One query.
    """
    serving = ServiceSpell.objects.filter(containing(day), category__in=policy.categories)
    ended = ServiceSpell.objects.filter(
        category__in=policy.categories, end_before__gt=policy.window[0], end_before__lte=day
    ).exclude(staff__in=serving.values("staff"))
    if units is not None:
        # A primary assignment that held the day before the spell ended; it may have ended with it.
        held = Q(staff__assignments__start_on__lt=F("end_before")) & (
            Q(staff__assignments__end_before__isnull=True)
            | Q(staff__assignments__end_before__gte=F("end_before"))
        )
        ended = ended.filter(held, staff__assignments__is_primary=True, staff__assignments__unit__in=units)
    rows = ended.values_list("staff", "staff__staff_code", "staff__full_name").annotate(Max("end_before"))
    left = [Left(key, code, name, end - timedelta(days=1)) for key, code, name, end in rows]
    return sorted(left, key=lambda person: person.staff_code)
