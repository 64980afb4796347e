"""Each year's programme is owed by the division that drafts it (VII.2), until it is issued."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.reminders import reminding
from obligations.kinds import Kind, register_kind
from obligations.ledger import Debt, fulfil, unit
from obligations.yearly import yearly
from people.models import Unit

from ..access import reporters_of, units_reported_by
from ..models import Programme, ProgrammeState
from . import events

PROGRAMME = "plan.programme"
DRAFTER = "VHXH"
ADDRESS = "/ke-hoach/dieu-hanh/hoat-dong/chuong-trinh/"


def debts(year):
    from .terms import last_day

    if Programme.objects.filter(year=year, state=ProgrammeState.ISSUED).exists():
        return
    yield Debt(
        PROGRAMME,
        f"programme:{year}",
        unit(DRAFTER),
        last_day(year),
        link=ADDRESS,
        data={"year": year},
    )


def owners_of(desk):
    return [unit(code) for code in units_reported_by(desk).values()]


def who(obligations, now):
    codes = {obligation.owner for obligation in obligations}
    keys = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
    people = reporters_of(keys.values())
    return {row.pk: people.get(keys.get(row.owner), []) for row in obligations}


def issued(year, now):
    fulfil(PROGRAMME, f"programme:{year}", now=now)


def register():
    register_kind(
        Kind(
            PROGRAMME,
            _("Work programme “Phường đổi mới sáng tạo” of %(year)s"),
            reminding(events.SOON, events.OVERDUE, who),
            section=_("Plan"),
            order=60,
            action=pgettext_lazy("work", "Open"),
            owners_of=owners_of,
        )
    )
    yearly("plan.programme")(debts)
