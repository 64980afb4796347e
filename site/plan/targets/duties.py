"""What waits on the work page: units to confirm, once; figures of the year, from 1 November on."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config.figures import all_figures
from obligations.desk import branch
from obligations.duties import Source, WorkItem, WorkSection
from people.roles import Role, has_role

from ..access import units_reported_by
from ..loading import YEARS
from ..models import Part, ReportedValue, Target, TargetUnit
from .board import MINE, UNCONFIRMED

_CONFIRM, _FIGURE = "plan.confirm_owners", "plan.report_figure"
ASKED_FROM = (11, 1)  # month and day: the yearly report is due on 9/12


# ---- the coordinator: proposed units


def _asks_coordinator(desk):
    if not has_role(desk.user, Role.PLAN_COORDINATOR):
        return
    proposed = TargetUnit.objects.filter(target=OuterRef("pk"), part=Part.LEAD, is_suggested=True)
    yield branch(Target.objects.filter(Exists(proposed)), _CONFIRM)


def _tells_coordinator(desk):
    count = len(desk.rows[_CONFIRM])
    if not count:
        return
    title = ngettext("Confirm who leads: %(count)s target", "Confirm who leads: %(count)s targets", count) % {
        "count": count
    }
    link = f"{reverse('plan:targets')}?{urlencode({'xac_nhan': UNCONFIRMED})}"
    item = WorkItem(title=title, link=link, action=pgettext("work", "Open"), kind="confirm_owners")
    yield WorkSection(_("Targets of the plan"), [item], order=60)


# ---- reporters and heads of units: figures of the year


def _asks_reporters(desk):
    if desk.today.year not in YEARS or desk.today < date(desk.today.year, *ASKED_FROM):
        return
    units = units_reported_by(desk)
    if not units:
        return
    there = ReportedValue.objects.filter(
        target=OuterRef("target"), unit=OuterRef("unit"), year=desk.today.year, is_baseline=False
    )
    led = TargetUnit.objects.filter(part=Part.LEAD, unit__in=list(units))
    typed = led.exclude(target__code__in=[figure.code for figure in all_figures()])
    yield branch(typed.filter(~Exists(there)), _FIGURE, code="target__code")


def _tells_reporters(desk):
    codes = sorted({row["code"] for row in desk.rows[_FIGURE]})
    if not codes:
        return
    title = ngettext(
        "%(count)s target has no figure of %(year)s yet",
        "%(count)s targets have no figure of %(year)s yet",
        len(codes),
    ) % {"count": len(codes), "year": desk.today.year}
    link = f"{reverse('plan:targets')}?{urlencode({'nam': desk.today.year, 'thieu': MINE})}"
    item = WorkItem(
        title=title,
        link=link,
        action=pgettext("work", "Open"),
        kind="report_figure",
        note=", ".join(codes[:10]) + ("…" if len(codes) > 10 else ""),
    )
    yield WorkSection(_("Targets of the plan"), [item], order=61)


PROVIDERS = (Source(_asks_coordinator, _tells_coordinator), Source(_asks_reporters, _tells_reporters))
