"""The survey inside: points and their posters, results, comments."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from portal import plots
from vietnamese.text import fold

from ..forms.survey import HideForm, PointForm
from ..models import Level, ServiceField, SurveyComment, SurveyPoint
from ..survey import access, answering, workbook
from ..survey import points as doing
from ..survey import poster as posters
from ..survey import results as asking
from ..survey.counting import LEVELS, Tally
from ..survey.refusing import SENTENCES, Refused
from .difficulties import ASKS, EXCEL, check_inside

PAGE_SIZE = 50
HOME = "/ke-hoach/dieu-hanh/khao-sat/"


def _way(*more):
    label = pgettext("plan", "Satisfaction")
    way = [(pgettext("menu", "Plan work"), "/ke-hoach/dieu-hanh/")]
    return [*way, (label, HOME), *more] if more else [*way, (label, "")]


# ---- points


@require_safe
@keep_post
@never_cache
def points(request):
    """The points of this person's units, with what this year brought."""
    check_inside(request.user)
    rows = SurveyPoint.objects.visible_to(request.user)
    page = Paginator(rows.select_related("unit"), PAGE_SIZE).get_page(request.GET.get("page"))
    year = timezone.localdate().year
    found = asking.tallies(asking.of_year(year, [row.pk for row in page]), "point")
    context = {
        "page_obj": page,
        "lines": [(row, found.get(row.pk, Tally())) for row in page],
        "year": year,
        "may_make": access.may_make(request.user),
        "reads_comments": access.may_read_comments(request.user),
        "crumbs": _way(),
    }
    return render(request, "plan/survey/points.html", context)


@require_http_methods(ASKS)
@keep_post
@never_cache
def new_point(request):
    units = access.units_for_points(request.user)
    if not access.may_make(request.user):
        raise PermissionDenied(SENTENCES["only_point_makers"])
    data = request.POST if request.method == "POST" else request.kept_post or None
    form = PointForm(data, units=units)
    del form.fields["is_active"]
    if request.method == "POST" and form.is_valid():
        try:
            made = doing.make(request.user, form.cleaned_data["name"], form.cleaned_data["unit"])
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The point is made. Print its poster or open its kiosk page."))
            return redirect("plan:survey_point", made.pk)
    context = {"form": form, "crumbs": _way((_("New survey point"), ""))}
    return render(request, "plan/survey/new_point.html", context, status=_status(request))


def _status(request):
    return 422 if request.method == "POST" else 200


def _find(request, pk):
    rows = SurveyPoint.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(ASKS)
@keep_post
@never_cache
def point(request, pk):
    """One point: where it leads, its posters; whoever may changes it."""
    check_inside(request.user)
    found = _find(request, pk)
    may_change = access.may_change(found, request.user)
    if request.method == "POST" and not may_change:
        raise PermissionDenied(SENTENCES["only_point_makers"])
    form = None
    if may_change:
        data = request.POST if request.method == "POST" else request.kept_post or None
        initial = {"name": found.name, "unit": found.unit_id, "is_active": found.is_active}
        form = PointForm(data, units=access.units_for_points(request.user), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            doing.change(found, request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, pgettext("survey", "Saved."))
            return redirect("plan:survey_point", found.pk)
    year = timezone.localdate().year
    address = f"{settings.SITE_URL.rstrip('/')}/khao-sat/{found.code}/"
    context = {
        "point": found,
        "form": form,
        "address": address,
        "kiosk": f"{address}quay/?may={answering.kiosk_key(found)}",
        "tally": asking.total(asking.of_year(year, [found.pk])),
        "year": year,
        "papers": posters.PAPERS,
        "crumbs": _way((found.name, "")),
    }
    return render(request, "plan/survey/point.html", context, status=_status(request))


@require_safe
@keep_post
@never_cache
def poster(request, pk, paper):
    check_inside(request.user)
    if paper not in posters.PAPERS:
        raise Http404
    found = _find(request, pk)
    content = posters.poster_pdf(found, paper, settings.PORTAL["ward_committee"])
    response = HttpResponse(content, content_type="application/pdf")
    name = slugify(fold(found.name)) or "diem"
    response.headers["Content-Disposition"] = f'inline; filename="khao-sat-{name}-{paper}.pdf"'
    return response


# ---- results


def _year_of(request, years):
    given = request.GET.get("nam", "")
    return int(given) if given in {str(year) for year in years} else years[0]


@require_safe
@keep_post
@never_cache
def results(request):
    """A year by month, by level, by service and by point."""
    check_inside(request.user)
    years = asking.years()
    year = _year_of(request, years)
    rows = SurveyPoint.objects.visible_to(request.user)
    answers = asking.of_year(year, rows.order_by().values("pk"))
    months = asking.by_month(answers)
    whole = sum(months.values(), Tally())
    page = Paginator(rows.select_related("unit"), PAGE_SIZE).get_page(request.GET.get("page"))
    by_point = asking.tallies(answers.filter(point__in=[row.pk for row in page]), "point")
    by_service = asking.tallies(answers, "service_field")
    context = {
        "year": year,
        "years": years,
        "whole": whole,
        "months": list(months.items()),
        "levels": [(Level(level), whole.counts[level - 1]) for level in reversed(LEVELS)],
        "services": [
            (label, by_service[code])
            for code, label in (*ServiceField.choices, ("", _("not said")))
            if code in by_service
        ],
        "page_obj": page,
        "lines": [(row, by_point.get(row.pk, Tally())) for row in page],
        "month_plot": plots.columns([(str(month), tally.total) for month, tally in months.items()]),
        "level_plot": plots.columns([(str(level), whole.counts[level - 1]) for level in LEVELS]),
        "crumbs": _way((_("Results"), "")),
    }
    return render(request, "plan/survey/results.html", context)


@require_safe
@keep_post
@never_cache
def export(request):
    check_inside(request.user)
    year = _year_of(request, asking.years())
    rows = SurveyPoint.objects.visible_to(request.user)
    answers = asking.of_year(year, rows.order_by().values("pk"))
    content = workbook.results_file(year, answers, rows.select_related("unit"))
    response = HttpResponse(content, content_type=EXCEL)
    response.headers["Content-Disposition"] = f'attachment; filename="khao-sat-hai-long-{year}.xlsx"'
    return response


# ---- comments


@require_safe
@keep_post
@never_cache
def comments(request):
    """What was written, for coordinators and heads of the unit."""
    check_inside(request.user)
    rows = SurveyPoint.objects.commented_for(request.user)
    if not access.may_read_comments(request.user):
        raise PermissionDenied(SENTENCES["only_heads_hide"])
    page = Paginator(asking.comments(rows.order_by().values("pk")), PAGE_SIZE)
    context = {
        "page_obj": page.get_page(request.GET.get("page")),
        "crumbs": _way((pgettext("survey", "Comments"), "")),
    }
    return render(request, "plan/survey/comments.html", context)


@require_http_methods(ASKS)
@keep_post
@never_cache
def hide(request, pk):
    """Erases a comment that names a person, with a reason in the log."""
    check_inside(request.user)
    rows = SurveyPoint.objects.commented_for(request.user).order_by().values("pk")
    found = get_object_or_404(
        SurveyComment.objects.select_related("answer__point").filter(answer__point__in=rows), pk=pk
    )
    data = request.POST if request.method == "POST" else request.kept_post or None
    form = HideForm(data)
    if request.method == "POST" and form.is_valid():
        if doing.hide_comment(found, request.user, form.cleaned_data["reason"]):
            messages.success(request, _("Erased. The answer itself stays counted."))
        else:
            messages.info(request, _("Somebody has hidden it already."))
        return redirect("plan:survey_comments")
    context = {
        "comment": found,
        "form": form,
        "crumbs": _way((pgettext("survey", "Comments"), f"{HOME}nhan-xet/"), (_("Hide a comment"), "")),
    }
    return render(request, "plan/survey/hide.html", context, status=_status(request))
