"""What the pages of the consolidated report share: the report of an address, the way to it."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...consolidation.access import find_period
from ...navigation import WORK

LIST = f"{WORK}tong-hop/"


def period_and_report(code):
    """The period of the address, and its report or None."""
    period = find_period(code)
    report = getattr(period, "consolidated", None)
    if report is not None:
        report.period = period
    return period, report


def begun(code):
    """The report of the address; 404 where it is not begun."""
    _period, report = period_and_report(code)
    if report is None:
        raise Http404
    return report


def address(period):
    return reverse("plan:consolidation", args=[period.code])


def page_of(request, code, **_rest):
    """Where a POST that arrived signed out comes back to."""
    return reverse("plan:consolidation", args=[code])


def crumbs(period=None, *here):
    way = [(pgettext("menu", "Plan work"), WORK), (_("Consolidated report"), LIST)]
    if period is None:
        return [way[0], (way[1][0], "")]
    if not here:
        return [*way, (period.title, "")]
    return [*way, (period.title, address(period)), *((label, "") for label in here)]
