"""Who gets what of the plan's addresses. Each part of the plan keeps its rows beside these."""

from tests.house.table import Row

INSIDE = "coordinator reporter other_reporter unit_head head deputy delegated"

ROWS = [
    Row("plan:work", get=f"302 anonymous {INSIDE} | 403 *", post="405 *"),
]
