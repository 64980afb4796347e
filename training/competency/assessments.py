"""What people think of themselves: kept beside the evidence, each time anew."""

from django.db import transaction
from django.utils import timezone

from ..claims import staff_of
from ..models import SelfAssessment
from .levels import check


def assess(user, levels, *, now=None) -> int:
    """Keeps `levels` {area key: 0 to 4} of the person themselves; the number that changed. Raises Refused.

    Only what differs from the last time is written: the history shows changes, not visits.
    """
    now = now or timezone.now()
    staff = staff_of(user)
    for level in levels.values():
        check(level, or_none=True)
    with transaction.atomic():
        type(staff).objects.select_for_update(no_key=True).get(pk=staff.pk)
        last = latest_of(staff)
        changed = {area: level for area, level in levels.items() if last.get(area) != level}
        SelfAssessment.objects.bulk_create(
            SelfAssessment(staff=staff, area_id=area, level=level, at=now)
            for area, level in sorted(changed.items())
        )
    return len(changed)


def latest_of(staff) -> dict[int, int]:
    """`{area key: level}` as last said."""
    rows = SelfAssessment.objects.filter(staff=staff).order_by("at", "pk")
    return dict(rows.values_list("area", "level"))
