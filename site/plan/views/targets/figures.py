"""Typing a figure of one unit and year, adding files to it, reading these."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from editing.choosing import choice_context, resolved, row
from people.kept_post import keep_post
from trust.storage import serve_private
from trust.uploads import UploadRefused
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

from ...forms.targets import EvidenceForm, FigureForm, day_typed
from ...models import ReportedValue
from ...targets import figures as stated
from ...targets import reporting, wording
from ...targets.access import START, evidence_visible_to
from ...targets.refusing import Refused
from .finding import ASKS, back, crumbs, find, forbid, step_page, typed


@require_http_methods(ASKS)
@keep_post
@never_cache
def figure(request, code, year, unit):
    target, rights, lead = _asked(request, code, year, unit)
    last = reporting.latest(target, lead, year)
    data, base, kept = typed(request), "", None
    if request.method == "POST":
        kept, base, _unchosen = resolved(request.POST, {"figure": None}, {"figure": request.POST.get("base")})
        base = base["figure"] or ""
        data = request.POST.copy()
        data["base"] = base
        if "figure" not in kept:
            messages.info(request, _("The figure that was saved stays. Yours was not saved."))
            return back(target)
    day = day_typed(data) or default_day(year, rights.today)
    definition = stated.in_force(list(target.definitions.all()), day)
    form = FigureForm(
        definition,
        data,
        request.FILES if request.method == "POST" else None,
        has_value=last is not None,
        in_place_of=lead if rights.is_in_place(lead) else None,
        initial={
            "base": reporting.base_of(last),
            "as_of": default_day(year, rights.today),
            "source": last.source if last else definition.source,
        },
    )

    def draw(status=200):
        return _page(request, target, lead, year, definition, last, form, status)

    if request.method != "POST":
        return draw()
    if not form.is_valid():
        return draw(422)
    try:
        evidence = reporting.store(form.cleaned_data["files"])
        saved = reporting.report(
            target,
            lead,
            year,
            request.user,
            form.figure(),
            base=base,
            reason=form.cleaned_data["reason"],
            evidence=evidence,
        )
    except Refused as refused:
        form.refuse(refused)
        return draw(422)
    except UploadRefused as refused:
        form.add_error("files", refused)
        return draw(422)
    except reporting.Conflict as conflict:
        return _conflict_page(request, target, definition, form, conflict)
    messages.success(request, _("Saved: %(value)s") % {"value": in_words(saved, definition)})
    return back(target)


def default_day(year, today):
    return today if year == today.year else date(year, 12, 31)


def in_words(row, definition):
    if not definition.is_measurable:
        return _("Reached") if row.is_met else _("Not reached yet")
    value = wording.measure_words(stated.measured(row), definition)
    if row.denominator is None:
        return value
    numbers = {"value": value, "n": format_decimal(row.numerator), "d": format_decimal(row.denominator)}
    return _("%(n)s of %(d)s (%(value)s)") % numbers


@require_http_methods(ASKS)
@keep_post
@never_cache
def add_evidence(request, code, pk):
    """More files to the figure that counts."""
    target, rights = find(request, code)
    row = get_object_or_404(ReportedValue.objects.select_related("unit", "target"), pk=pk, target=target)
    forbid(rights.report_refusal(row.unit, row.year))
    form = EvidenceForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    words = {
        "title": _("Add evidence"),
        "action": _("Add the files"),
        "happens": _("The files stand beside the figure of %(unit)s for %(year)s. They are not public.")
        % {"unit": row.unit.name, "year": row.year},
    }

    def draw(status=200):
        return step_page(request, target, form, words, status)

    if request.method != "POST":
        return draw()
    if not form.is_valid():
        return draw(422)
    try:
        reporting.add_evidence(row, request.user, reporting.store(form.cleaned_data["files"]))
    except Refused as refused:
        form.refuse(refused)
        return draw(409)
    except UploadRefused as refused:
        form.add_error("files", refused)
        return draw(422)
    messages.success(request, _("The files were added."))
    return back(target)


@require_safe
@keep_post
def evidence(request, pk):
    """One file, for whoever reports for that unit or reads everything."""
    found = get_object_or_404(evidence_visible_to(request.user), pk=pk)
    return serve_private(found.file, found.name, found.content_type, inline=True)


def _asked(request, code, year, unit):
    target, rights = find(request, code)
    lead = next((one for one in rights.leads if one.code == unit), None)
    if lead is None:
        raise Http404
    forbid(rights.report_refusal(lead, year))
    return target, rights, lead


def _page(request, target, lead, year, definition, last, form, status):
    context = {
        "target": target,
        "unit": lead,
        "year": year,
        "is_start": year == START,
        "definition": definition,
        "goal": wording.goal_of(definition),
        "last": last,
        "last_value": in_words(last, last.definition) if last else "",
        "form": form,
        "file_lost": request.method == "POST" or bool(request.kept_post),
        "crumbs": crumbs(target, _("Type the figure")),
    }
    return render(request, "plan/targets/figure.html", context, status=status)


def _conflict_page(request, target, definition, form, conflict):
    clash = conflict.clash
    rows = [row(request.POST, clash, pgettext("plan", "Figure"), _shown(definition, form))]
    unchosen = ["figure"] if "seen-figure" in request.POST and "choice-figure" not in request.POST else []
    context = choice_context(request.POST, rows, unchosen) | {
        "target": target,
        "by": conflict.row.by_name,
        "at": timezone.localtime(conflict.row.at),
        "now": timezone.localtime(),
        "me": request.user.display_name,
        "files_lost": bool(request.FILES),
        "crumbs": crumbs(target, _("Choose the version to keep")),
    }
    return render(request, "plan/targets/conflict.html", context, status=409)


def _shown(definition, form):
    """A plain figure as lines of words, each with its label."""
    labels = {name: form[name].label for name in stated.NAMES if name in form.fields}

    def shown(plain):
        said = [(labels[name], _in_words(name, plain[name])) for name in labels]
        return "\n".join(f"{label}: {value}" for label, value in said if value)

    return shown


def _in_words(name, value):
    if value in (None, ""):
        return ""
    if name == "as_of":
        return short_date(date.fromisoformat(value))
    if name == "is_met":
        return _("Reached") if value else _("Not reached yet")
    return format_decimal(value) if name in ("numerator", "denominator") else value
