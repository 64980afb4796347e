"""The levels positions need: read for a person, written as a whole by the training officer."""

from django.db import transaction

from people.models import Position, UnitAssignment, containing

from ..access import is_training_officer
from ..claims import Refused
from ..models import Area, PositionTarget
from .levels import check


def of_staff(staff, day) -> dict[int, int]:
    """`{area key: level}` of the position in the primary assignment on `day`; nothing without one."""
    places = UnitAssignment.objects.filter(containing(day), staff=staff, is_primary=True)
    rows = PositionTarget.objects.filter(
        position__in=places.values("position"), area__framework__is_current=True
    )
    return dict(rows.values_list("area", "level"))


def of_people(keys, day) -> dict[int, dict[int, int]]:
    """`of_staff` of many (keys), two queries."""
    places = UnitAssignment.objects.filter(containing(day), staff__in=keys, is_primary=True)
    positions = dict(places.values_list("staff", "position"))
    levels = {}
    for (position, area), level in stored().items():
        levels.setdefault(position, {})[area] = level
    return {key: levels.get(position, {}) for key, position in positions.items()}


def areas():
    """The current framework's areas in their order."""
    return list(Area.objects.filter(framework__is_current=True).order_by("topic"))


def positions():
    return list(Position.objects.order_by("name", "pk"))


def stored() -> dict[tuple[int, int], int]:
    """`{(position key, area key): level}`."""
    rows = PositionTarget.objects.filter(area__framework__is_current=True)
    return {
        (position, area): level for position, area, level in rows.values_list("position", "area", "level")
    }


def change(user, wanted) -> int:
    """Writes `wanted` {(position key, area key): 0 to 4; 0: none needed}; the number of cells that changed.

    Only the cells of `wanted` are touched. Raises Refused.
    """
    if not is_training_officer(user):
        raise Refused("only_officer_sets_targets")
    for level in wanted.values():
        check(level, or_none=True)
    with transaction.atomic():
        # The framework's row is the lock: two officers' pages are written one after the other.
        Area.objects.select_for_update().filter(framework__is_current=True).order_by("pk").first()
        present = {
            (row.position_id, row.area_id): row
            for row in PositionTarget.objects.filter(area__framework__is_current=True)
        }
        new, changed, gone = [], [], []
        for (position, area), level in sorted(wanted.items()):
            row = present.get((position, area))
            if row is None and level:
                new.append(PositionTarget(position_id=position, area_id=area, level=level))
            elif row is not None and not level:
                gone.append(row.pk)
            elif row is not None and row.level != level:
                row.level = level
                changed.append(row)
        PositionTarget.objects.bulk_create(new)
        PositionTarget.objects.bulk_update(changed, ["level"])
        PositionTarget.objects.filter(pk__in=gone).delete()
    return len(new) + len(changed) + len(gone)
