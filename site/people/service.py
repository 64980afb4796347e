"""Who served where on a day. Half-open intervals; the primary assignment alone names a person's unit."""

from .models import ServiceSpell, UnitAssignment, containing


def primary_unit_of(staff, day):
    """The unit of the one primary assignment that contains `day`, or None."""
    assignment = _primary(staff, day)
    return assignment.unit if assignment else None


def position_of(staff, day) -> str:
    """The name of the position in the primary assignment on `day`; empty when there is none."""
    assignment = _primary(staff, day)
    return assignment.position.name if assignment and assignment.position else ""


def in_service(staff, day) -> bool:
    """Whether a spell of any category contains `day`."""
    return ServiceSpell.objects.filter(containing(day), staff=staff).exists()


def workplaces(staff_ids, day):
    """`{staff_id: (unit, position name)}` on `day`, one query; people without a primary unit are absent."""
    rows = (
        UnitAssignment.objects.filter(containing(day), staff__in=staff_ids, is_primary=True)
        .select_related("unit", "position")
        .order_by("start_on")
    )
    return {row.staff_id: (row.unit, row.position.name if row.position else "") for row in rows}


def _primary(staff, day):
    return (
        UnitAssignment.objects.filter(containing(day), staff=staff, is_primary=True)
        .select_related("unit", "position")
        .order_by("-start_on")
        .first()
    )
