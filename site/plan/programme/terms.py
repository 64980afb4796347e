"""The last day of each year's programme. The plan names none: 31 January unless a coordinator sets one."""

import calendar
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obligations.ledger import owe_many
from obligations.models import Obligation
from obligations.yearly import years_at

from ..models import ProgrammeTermChange, RecurringDate
from . import owing

CODE = "R3"  # of the plan's yearly dates
DEFAULT = (1, 31)  # month, day


def month_and_day() -> tuple[int, int]:
    found = RecurringDate.objects.filter(code=CODE, month__isnull=False, day__isnull=False).first()
    return (found.month, found.day) if found else DEFAULT


def last_day(year, term=None) -> date:
    """29 February falls back to the 28th where the year has none."""
    month, day = term or month_and_day()
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def set_term(month, day, user, now=None):
    """Another last day for every year to come; what is owed already moves with it."""
    now = now or timezone.now()
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2028, month)[1]:
        raise ValidationError(_("There is no such day in a year. Type day and month, for example 31/1."))
    with transaction.atomic():
        row = RecurringDate.objects.select_for_update().filter(code=CODE).first()
        if row is None:
            raise ValidationError(_("The plan is not loaded yet: there is no yearly date to set."))
        before = month_and_day()
        row.month, row.day, row.strictly_before = month, day, False
        row.save(update_fields=["month", "day", "strictly_before"])
        ProgrammeTermChange.objects.create(
            at=now,
            actor=user,
            actor_name=user.display_name,
            change="term_set",
            data={"before": list(before), "after": [month, day]},
        )
        open_years = Obligation.objects.open().filter(kind=owing.PROGRAMME).values_list("subject", flat=True)
        years = {int(subject.partition(":")[2]) for subject in open_years}
        today = timezone.localdate(now)
        debts = [debt for year in sorted(years | set(years_at(today))) for debt in owing.debts(year)]
        kept = [
            debt for debt in debts if debt.due_on >= today or int(debt.subject.partition(":")[2]) in years
        ]
        owe_many(kept, reopen=False, now=now)
