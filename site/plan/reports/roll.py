"""The roll of a day: who serves in the units of a report, by category. Values, no links; two queries."""

from collections import Counter

from people.models import ServiceSpell, UnitAssignment, containing


def roll_of(units, day) -> dict:
    """As the frozen report keeps it. A person counts once, by primary unit and category of the day."""
    assigned = (
        UnitAssignment.objects.filter(containing(day), unit__in=units, is_primary=True)
        .select_related("staff", "position")
        .order_by("staff__staff_code", "start_on")
    )
    by_staff = {row.staff_id: row for row in assigned}
    spells = ServiceSpell.objects.filter(containing(day), staff__in=by_staff).order_by("start_on")
    category = dict(spells.values_list("staff", "category"))
    rows = [
        [
            row.staff.staff_code,
            row.staff.full_name,
            category[key],
            row.position.name if row.position else "",
        ]
        for key, row in by_staff.items()
        if key in category
    ]
    counts = Counter(row[2] for row in rows)
    return {
        "on": day.isoformat(),
        "people": len(rows),
        "by_category": dict(sorted(counts.items())),
        "rows": rows,
    }
