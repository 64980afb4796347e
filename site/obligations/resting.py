"""Which open obligations have nothing to be done about them for now, as far as the work page is concerned."""

from .kinds import kinds
from .models import Obligation


def note_what_rests(now):
    """Asks `still_owed` of the kinds the clock asks for; reminders ask anew and do not rest on this."""
    for kind in kinds():
        if not kind.asked_by_clock:
            continue
        rows = list(Obligation.objects.open().filter(kind=kind.code))
        owed = {row.pk for row in kind.still_owed(rows, now)} if rows else set()
        changed = [row for row in rows if row.rests == (row.pk in owed)]
        for row in changed:
            row.rests = not row.rests
        Obligation.objects.bulk_update(changed, ["rests"])
