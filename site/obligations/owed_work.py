"""What is owed, on the work page: the kinds that have a section there."""

from django.utils import timezone

from .days_off import announced_days
from .duties import WorkItem, WorkSection
from .kinds import kinds
from .ledger import owed_by, person


def of_owners(user, now):
    """What this person owes, and the units and capacities they act for: two queries and the kinds'."""
    shown = {kind.code: kind for kind in kinds() if kind.section}
    if not shown:
        return
    acts_for = {code: {person(user), *kind.owners_of(user, now)} for code, kind in shown.items()}
    rows = {code: [] for code in shown}
    for row in owed_by(*set().union(*acts_for.values())).filter(kind__in=shown):
        if (row.owner_kind, row.owner) in acts_for[row.kind]:
            rows[row.kind].append(row)
    announced = announced_days() if any(rows.values()) else None
    for code, kind in shown.items():
        if rows[code]:
            owed = kind.still_owed(rows[code], now)
            items = [_item(kind, row, announced, timezone.localdate(now)) for row in owed]
            yield WorkSection(str(kind.section), items, kind.order)


def _item(kind, row, announced, today):
    last = row.last_day(announced)
    return WorkItem(
        title=kind.title_of(row),
        link=row.link,
        # Past the working day that is named and before the day itself, it is not late yet.
        due=last if last >= today else max(last, row.due_on),
        action=str(kind.action),
        kind=kind.code,
        code=row.code,
    )
