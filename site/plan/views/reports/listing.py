"""My reports and the periods; the board of a period; urging."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from obligations.days_off import announced_days
from obligations.stages import last_day
from people.units import UnitTree

from ...access import coordinates, reads_all, reported_units
from ...models import ReportPeriod, UnitReport
from ...models.report import OPEN
from ...reports import board as boards
from ...reports import calendar, missed, urging
from ...reports.access import FORM, for_coordinators, for_insiders, for_readers
from ...reports.reasons import why_not, words_of
from ...reports.workflow import Refused

PERIODS_ON_A_PAGE = 12


def crumbs(*last):
    return [
        (pgettext("menu", "Plan work"), reverse("plan:work")),
        (pgettext("plan", "Reports"), reverse("plan:reports")),
        *last,
    ]


@for_insiders
def reports(request):
    """What I report for, and for whoever reads all the periods with their figures."""
    today = timezone.localdate()
    own = UnitReport.objects.filter(unit__in=reported_units(request.user)).select_related("period", "unit")
    own = own.order_by("-period__last_day", "unit__order", "pk")
    if reads_all(request.user):  # who reports as well finds what is open here, the rest on the boards
        own = own.filter(state__in=OPEN)
    mine = Paginator(own, PERIODS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": mine,
        "rows": [boards.row_of(report, today) for report in mine],
        "reads_all": reads_all(request.user),
        "coordinates": coordinates(request.user),
        "crumbs": [crumbs()[0], (pgettext("plan", "Reports"), "")],
    }
    if context["reads_all"]:
        page = Paginator(ReportPeriod.objects.order_by("-last_day", "-code"), PERIODS_ON_A_PAGE)
        context["periods"] = page.get_page(request.GET.get("page"))
        context["period_rows"] = _with_figures(context["periods"], today)
    if context["coordinates"]:
        context["missed"] = [(planned, calendar.title(planned)) for planned in missed.never_made()]
    return render(request, "plan/reports/list.html", context)


def _with_figures(periods, today):
    """Each period with how many reports are in; one query for all."""
    found = {period.pk: {"in": 0, "late": 0, "all": 0} for period in periods}
    states = UnitReport.objects.filter(period__in=found).values_list("period", "state", "is_late")
    for period, state, late in states.order_by():
        if state == "excused":
            continue
        filed = state in ("submitted", "accepted")
        found[period]["all"] += 1
        found[period]["in"] += filed
        found[period]["late"] += filed and late
    return [
        {"period": period, "days_left": (period.last_day - today).days, **found[period.pk]}
        for period in periods
    ]


# ---- the board


@for_readers
def board(request, code):
    """`?xem=` a chip, `?phuong=` a ward where there are several."""
    period = get_object_or_404(ReportPeriod, code=code)
    today, tree = timezone.localdate(), UnitTree.load()
    wards = boards.wards_of(tree)
    ward = _ward(request.GET.get("phuong", ""), wards)
    reports = boards.of_ward(period, tree, ward if len(wards) > 1 else None)
    chip = _chip(request.GET.get("xem", ""))
    page = Paginator(boards.shown(reports, chip), boards.PER_PAGE).get_page(request.GET.get("page"))
    counts = boards.counts(reports)
    answer = urging.may_urge(period, request.user)
    named = last_day(period.last_day, announced=announced_days())
    context = {
        "period": period,
        "wards": wards if len(wards) > 1 else (),
        "ward": ward,
        "page_obj": page,
        "rows": boards.rows(page.object_list, today, tree),
        "counts": counts,
        "asked": counts["all"] - counts[boards.EXCUSED],
        "filed": counts[boards.IN_TIME] + counts[boards.LATE],
        "chips": _chips(counts, chip),
        "coordinates": coordinates(request.user),
        "may_urge": answer.allowed,
        "why_not_urge": "" if answer.allowed else why_not(answer),
        "is_last_week": (period.last_day - today).days < 7,
        "named_day": named if named != period.last_day else None,
        "crumbs": crumbs((period.title, "")),
    }
    return render(request, "plan/reports/board.html", context)


def _ward(code, wards):
    found = next((ward for ward in wards if ward.code == code), None) if code else (wards or [None])[0]
    if code and found is None:
        raise Http404
    return found


def _chip(text):
    return next((chip for chip, words in boards.IN_ADDRESS.items() if words == text), "")


def _chips(counts, chosen):
    shown = [("", _("All"), counts["all"], not chosen)]
    shown += [
        (words, boards.LABELS[chip], counts[chip], chip == chosen)
        for chip, words in boards.IN_ADDRESS.items()
    ]
    return [
        {"code": code, "label": label, "count": count, "current": current}
        for code, label, count, current in shown
    ]


@for_coordinators(methods=FORM)
def urge(request, code):
    """Says to whom it goes; sent by the button below that."""
    period = get_object_or_404(ReportPeriod, code=code)
    try:
        if request.method != "POST":
            return _before_urging(request, period)
        count = urging.urge(period, request.user)
    except Refused as refused:
        messages.info(request, words_of(refused.answer.reason, refused.answer.params))
    else:
        words = ngettext("%(count)s unit was urged.", "%(count)s units were urged.", count)
        messages.success(request, words % {"count": count})
    return redirect(period)


def _before_urging(request, period):
    waiting = urging.to_be_urged(period, request.user)
    title = _("Urge everybody who is missing")
    context = {
        "period": period,
        "waiting": waiting,
        "unnamed": sum(not people for _report, people in waiting),
        "title": title,
        "crumbs": crumbs((period.title, period.get_absolute_url()), (title, "")),
    }
    return render(request, "plan/reports/urge.html", context)
