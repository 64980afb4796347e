"""The yearly report: figures that open to their dossiers, Excel, Word and PDF, number and signed file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ideas.forms.register import BASIS_LABELS, YearTextsForm
from ideas.models import YearReport
from ideas.moves import Refused
from ideas.papers.showing import shown, words
from ideas.register.asking import NONE, choices
from ideas.register.outcome import BASES, OUTCOME_LABELS, REASON_LABELS, RECEIVED
from ideas.register.reading import may_keep, require_keeper, require_reader
from ideas.register.reporting import ReportChanged, register_report, report_offer, write_texts
from ideas.register.year import year_figures
from ideas.register.year_workbook import write_year
from ideas.views.papers.handing import hand_out_offer, hand_out_signed, registering
from people.kept_post import keep_post

from .handing import hand_out_workbook

FIRST_YEAR = 2013  # NĐ 13/2012 is in force since then


@never_cache
@require_safe
@keep_post
def this_year(request):
    require_reader(request.user)
    return redirect("ideas:year_report", timezone.localdate().year)


@never_cache
@require_safe
@keep_post
def report(request, year):
    """The year's statistics by one basis, and its papers."""
    require_reader(request.user)
    _require_year(year)
    basis = request.GET.get("theo")
    basis = basis if basis in BASES else RECEIVED
    figures = year_figures(year)
    tables = figures.received if basis == RECEIVED else figures.settled
    context = {
        "year": year,
        "years": choices().years,
        "figures": figures,
        "bases": [(code, BASIS_LABELS[code], code == basis) for code in BASES],
        "basis": basis,
        "tables": tables,
        "columns": [OUTCOME_LABELS[code] for code in tables.shown],
        "by_unit": _lines(tables, tables.units, "unit", _("no unit written")),
        "by_field": _lines(tables, tables.fields, "field", _("no field written")),
        "total": _line(tables, tables.outcomes, tables.asked, _("Total")),
        "reasons": [
            (REASON_LABELS[code], count, tables.asked.but(reason=code).query)
            for code, count in tables.reasons.items()
        ],
        "papers": shown([report_offer(request.user, year, figures)]),
        "may_keep": may_keep(request.user),
        "crumbs": _crumbs(year),
    }
    return render(request, "ideas/register/report.html", context)


def _lines(tables, rows, narrowed, missing):
    """Each row's name, its figures with the question each opens, its total."""
    named = [(row, missing if row.code == NONE else row.name) for row in rows]
    return [_line(tables, row, tables.asked.but(**{narrowed: row.code}), name) for row, name in named]


def _line(tables, row, asked, name):
    cells = [
        (OUTCOME_LABELS[code], count, asked.but(outcome=code).query)
        for code, count in zip(tables.shown, row.figures(tables.shown), strict=True)
    ]
    return {"name": name, "cells": cells, "total": row.total, "query": asked.query}


@never_cache
@require_safe
@keep_post
def report_workbook(request, year):
    """The statistics with their totals as Excel."""
    require_reader(request.user)
    _require_year(year)
    figures = year_figures(year)
    name = f"so-lieu-sang-kien-{year}.xlsx"
    return hand_out_workbook(lambda file: write_year(file, figures, request.user), name)


@never_cache
@require_safe
@keep_post
def report_paper(request, year, face):
    """The report as Word or PDF."""
    return hand_out_offer(_offer(request, year), face)


@never_cache
@require_safe
@keep_post
def report_signed(request, year):
    return hand_out_signed(_offer(request, year))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def report_register(request, year):
    """Number, date and signed file of the report."""
    offer = _offer(request, year)

    def register(**typed):
        return register_report(request.user, year, **typed)

    back = f"/sang-kien/so-theo-doi/bao-cao/{year}/#giay-to"
    return registering(request, offer, register=register, crumbs=_crumbs(year, offer.kind.label), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def report_texts(request, year):
    """Difficulties and proposals of the year's report."""
    require_keeper(request.user)
    _require_year(year)
    kept = YearReport.objects.filter(year=year).first() or YearReport(year=year)
    initial = {"seen": kept.edit_version, "difficulties": kept.difficulties, "proposals": kept.proposals}
    form = YearTextsForm(request.POST or request.kept_post or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write_texts(request.user, year, **form.cleaned_data)
            except ReportChanged:
                form, status = _over_what_stands(form, kept), 409
            except Refused as refused:
                raise PermissionDenied(words(refused.answer)) from refused
            else:
                messages.success(request, _("Saved: words of the report of %(year)s.") % {"year": year})
                return redirect("ideas:year_report", year)
    context = {"form": form, "year": year, "kept": kept, "status": status}
    context["crumbs"] = _crumbs(year, _("Words of the report"))
    return render(request, "ideas/register/report_texts.html", context, status=status)


def _over_what_stands(form, kept):
    typed = {name: form.cleaned_data[name] for name in ("difficulties", "proposals")}
    again = YearTextsForm(typed | {"seen": kept.edit_version})
    again.is_valid()
    again.add_error(None, _("Somebody wrote into it meanwhile: look at what stands, then send once more."))
    return again


def _offer(request, year):
    require_reader(request.user)
    _require_year(year)
    return report_offer(request.user, year)


def _require_year(year):
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404


def _crumbs(year, *here):
    way = [(_("Initiatives"), "/sang-kien/"), (_("Register"), "/sang-kien/so-theo-doi/")]
    named = _("Report of %(year)s") % {"year": year}
    if not here:
        return [*way, (named, "")]
    return [*way, (named, f"/sang-kien/so-theo-doi/bao-cao/{year}/"), *((label, "") for label in here)]
