"""Periods asked for, changed, and opened although the plan's day is over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ...forms.report_periods import AdHocForm, ChangeForm, OpenForm
from ...models import ReportPeriod
from ...reports import calendar, missed
from ...reports.access import FORM, for_coordinators
from ...reports.duty import units_owing
from ...reports.reasons import words_of
from .listing import crumbs


@for_coordinators(methods=FORM)
def new_period(request):
    form = AdHocForm(units_owing(), _posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            period = calendar.ask_for_reports(request.user, form.asked(), list(form.cleaned_data["units"]))
        except calendar.Refused as refused:
            form.add_error(refused.field or None, words_of(refused.code))
        else:
            messages.success(request, _("The units were asked for their reports."))
            return redirect(period)
    title = _("Ask for a report")
    context = {"form": form, "title": title, "crumbs": crumbs((title, "")), "is_new": True}
    return render(request, "plan/reports/period.html", context, status=422 if form.errors else 200)


@for_coordinators(methods=FORM)
def change_period(request, code):
    period = get_object_or_404(ReportPeriod, code=code)
    form = ChangeForm(period, _posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            calendar.change_period(request.user, period, form.asked(), form.cleaned_data["reason"])
        except calendar.Refused as refused:
            form.add_error(refused.field or None, words_of(refused.code))
        else:
            messages.success(request, _("Saved. Units are reminded of the days as they are now."))
            return redirect(period)
    title = _("Change the period")
    context = {
        "form": form,
        "period": period,
        "title": title,
        "crumbs": crumbs((period.title, period.get_absolute_url()), (title, "")),
    }
    return render(request, "plan/reports/period.html", context, status=422 if form.errors else 200)


@for_coordinators(methods=FORM)
def open_period(request, code):
    """A planned period that was over before the portal ran. Whoever comes second is led to the one made."""
    if (planned := missed.find(code)) is None:
        raise Http404
    if made := ReportPeriod.objects.filter(code=code).first():
        return _made_already(request, made)
    form = OpenForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            period = missed.open_missed(request.user, planned, form.cleaned_data["last_day"])
        except calendar.Refused as refused:
            if refused.code == "period_made":
                return _made_already(request, ReportPeriod.objects.get(code=code))
            form.add_error(refused.field or None, words_of(refused.code))
        else:
            messages.success(request, _("The period is open and the units were told."))
            return redirect(period)
    title = calendar.title(planned)
    context = {
        "form": form,
        "planned": planned,
        "units": units_owing(),
        "title": title,
        "crumbs": crumbs((title, "")),
    }
    return render(request, "plan/reports/open_period.html", context, status=422 if form.errors else 200)


def _made_already(request, period):
    messages.info(request, words_of("period_made"))
    return redirect(period)


def _posted(request):
    return request.POST if request.method == "POST" else request.kept_post
