"""Days off and make-up working days announced beside the calendar; kept by administrators, for `terms`."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import DayOff, Obligation
from .stages import AnnouncedDays


class Refused(Exception):
    """The day could not be kept; the words say why and what to do."""


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
    try:
        with transaction.atomic():
            row = DayOff.objects.create(
                day=day, works=works, note=note, recorded_by=by, recorded_at=now or timezone.now()
            )
            _reckon_anew(now)
    except IntegrityError as error:
        raise Refused(_("%(day)s is on the list already.") % {"day": f"{day:%d/%m/%Y}"}) from error
    return row


def withdraw_day(pk, *, by, now=None):
    """Takes an announced day back; False where somebody already did. The record stays."""
    now = now or timezone.now()
    with transaction.atomic():
        changed = DayOff.objects.in_force().filter(pk=pk).update(withdrawn_by=by, withdrawn_at=now)
        if changed:
            _reckon_anew(now)
    return bool(changed)


def _reckon_anew(now):
    """The clock looks at every open obligation: the last day to act may be another one now."""
    Obligation.objects.open().update(look_at=now or timezone.now())
