"""Days off and make-up working days announced beside the calendar; kept by administrators, for `terms`.

An announcement moves what runs, in one transaction: each app reckons the days on its own rows anew, the
obligations follow, everything whose last day moved begins a new version and is told anew. What is done stays.
"""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .kinds import Due, kind_of
from .models import DayOff, Obligation
from .stages import MOVED, AnnouncedDays


class Refused(Exception):
    """The day could not be kept; the words say why and what to do."""


Reckoner = Callable[[AnnouncedDays, object], None]
_reckoners: list[Reckoner] = []


def reckoned_by(reckon: Reckoner) -> Reckoner:
    """Adds `reckon(announced, now)`, which brings an app's own due days, and what is owed by them, in line
    with the announced days. It runs in the transaction of the announcement and may find nothing to change."""
    if reckon not in _reckoners:
        _reckoners.append(reckon)
    return reckon


def announced_days() -> AnnouncedDays:
    """`(extra_days_off, extra_working_days)` in force now: `term_of_months(day, 1, *announced_days())`.

    One query a call and nothing kept: ask once for a batch, and a day announced now counts at once.
    """
    rows = list(DayOff.objects.in_force().values_list("day", "works"))
    return AnnouncedDays(
        frozenset(day for day, works in rows if not works), frozenset(day for day, works in rows if works)
    )


def announce_day(day, *, works, note, by, now=None):
    """Keeps one announced day; open obligations are reckoned anew. Raises Refused for one kept already."""
    now = now or timezone.now()
    with transaction.atomic():
        before = announced_days()
        try:
            with transaction.atomic():
                row = DayOff.objects.create(day=day, works=works, note=note, recorded_by=by, recorded_at=now)
        except IntegrityError as error:
            raise Refused(_("%(day)s is on the list already.") % {"day": f"{day:%d/%m/%Y}"}) from error
        _reckon_anew(before, now)
    return row


def withdraw_day(pk, *, by, now=None):
    """Takes an announced day back; False where somebody already did. The record stays."""
    now = now or timezone.now()
    with transaction.atomic():
        before = announced_days()
        changed = DayOff.objects.in_force().filter(pk=pk).update(withdrawn_by=by, withdrawn_at=now)
        if changed:
            _reckon_anew(before, now)
    return bool(changed)


def _reckon_anew(before, now):
    """The rows of the apps first, in their own order of locking; then the table; telling last."""
    after = announced_days()
    was = {row.pk: (row.last_day(before), row.version) for row in Obligation.objects.open()}
    for reckon in _reckoners:
        reckon(after, now)
    Obligation.objects.open().update(look_at=now)
    moved = _moved(was, after)
    for row in moved:
        if row.version == was[row.pk][1]:  # its day is the same; the last working day to act is not
            row.version, row.version_on = row.version + 1, timezone.localdate(now)
    Obligation.objects.bulk_update(moved, ["version", "version_on"], batch_size=500)
    _tell(moved, after, now)


def _moved(was, after):
    """The open obligations whose last day is another one now, locked."""
    rows = Obligation.objects.open().order_by("pk").select_for_update(no_key=True)
    return [row for row in rows if row.pk in was and row.last_day(after) != was[row.pk][0]]


def _tell(moved, after, now):
    """Whoever owes it hears at once where the kind says so; reminders of the new version follow anyhow."""
    by_kind = {}
    for row in moved:
        by_kind.setdefault(row.kind, []).append(row)
    for code, rows in sorted(by_kind.items()):
        kind = kind_of(code)
        if kind and kind.tell_moved:
            owed = kind.still_owed(rows, now)
            kind.tell_moved([Due(row, MOVED, row.last_day(after)) for row in owed], now)
