"""The roll of a day: who serves in the units of a report, by category. Values, no links; one query."""

from collections import Counter

from django.db.models import OuterRef, Subquery

from people.models import ServiceSpell, UnitAssignment, containing


def roll_of(units, day) -> dict:
    """As the frozen report keeps it. A person counts once, by primary unit and category of the day."""
    spells = ServiceSpell.objects.filter(containing(day), staff=OuterRef("staff")).order_by("-start_on")
    assigned = (
        UnitAssignment.objects.filter(containing(day), unit__in=units, is_primary=True)
        .select_related("staff", "position")
        .annotate(category=Subquery(spells.values("category")[:1]))
        .order_by("staff__staff_code", "start_on")
    )
    by_staff = {row.staff_id: row for row in assigned}
    rows = [
        [
            row.staff.staff_code,
            row.staff.full_name,
            row.category,
            row.position.name if row.position else "",
        ]
        for row in by_staff.values()
        if row.category is not None
    ]
    counts = Counter(row[2] for row in rows)
    return {
        "on": day.isoformat(),
        "people": len(rows),
        "by_category": dict(sorted(counts.items())),
        "rows": rows,
    }
