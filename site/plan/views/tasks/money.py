"""The money of a task, and the totals by source and year with their Excel file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from people.workbook import write_workbook
from plan.forms.money import LineForm, ReasonForm
from plan.forms.tasks import StepForm
from plan.loading import YEARS
from plan.models import BudgetSource
from plan.tasks import budget, money
from plan.tasks.access import tasks_visible_to
from vietnamese.numbers import format_decimal

from .asking import ASKS, Step, find, forbid, take, typed
from .board import door


def _years(line=None):
    years = {*YEARS, timezone.localdate().year}
    return sorted(years | ({line.year} if line else set()))


def overspent(typed_line):
    """What is to be said where more was spent than estimated; both numbers."""
    if typed_line.spent <= typed_line.estimate:
        return []
    return [
        _("Spent %(spent)s VND, more than the estimate of %(estimate)s VND. Check both figures.")
        % {
            "spent": format_decimal(typed_line.spent, 0),
            "estimate": format_decimal(typed_line.estimate, 0),
        }
    ]


@require_http_methods(ASKS)
@keep_post
@never_cache
def add(request, code):
    task, rights = find(request, code)
    forbid(rights.plan_refusal())
    initial = {"year": timezone.localdate().year, "source": BudgetSource.WARD, "spent": 0}
    form = LineForm(typed(request), initial=initial, years=_years())
    step = Step(
        _("Add a budget line"),
        _("Add the line"),
        _("It counts in the totals at once. It is public only once the coordinator publishes it."),
        _("The line was added."),
    )

    def act():
        line = form.typed()
        budget.add_line(task, request.user, line, key=form.key)
        return overspent(line)

    return take(request, step, form, act, task=task)


@require_http_methods(ASKS)
@keep_post
@never_cache
def edit(request, code, pk):
    task, rights = find(request, code)
    line = _line(task, pk)
    forbid(rights.plan_refusal())
    names = ("year", "source", "estimate", "spent", "document", "note")
    initial = {name: getattr(line, name) for name in names} | {"seen": line.edit_version}
    form = LineForm(typed(request), initial=initial, years=_years(line))
    happens = (
        _("Everybody goes on reading the figures as published, until the coordinator publishes anew.")
        if line.is_public
        else _("The history keeps the figures from before.")
    )
    step = Step(_("Change the budget line"), _("Save"), happens, _("Saved."))

    def act():
        values = form.typed()
        budget.edit_line(line, request.user, values, seen=form.seen_version)
        return overspent(values)

    return take(request, step, form, act, task=task, version=_version(task, line, step))


@require_http_methods(ASKS)
@keep_post
@never_cache
def remove(request, code, pk):
    task, rights = find(request, code)
    line = _line(task, pk)
    forbid(rights.plan_refusal())
    form = StepForm(typed(request), initial={"seen": line.edit_version})
    step = Step(
        _("Remove the budget line"),
        _("Remove"),
        _("It leaves the totals; the history keeps its figures."),
        _("The line was removed."),
        is_danger=True,
    )

    def act():
        budget.remove_line(line, request.user, seen=form.seen_version)

    return take(request, step, form, act, task=task, version=_version(task, line, step), about=_words(line))


@require_http_methods(ASKS)
@keep_post
@never_cache
def publish(request, code, pk):
    """On the public page; or back from it, where these very figures stand there."""
    task, rights = find(request, code)
    line = _line(task, pk)
    forbid(rights.coordinate_refusal())
    takes_back = line.is_public and not line.differs_from_public
    initial = {"seen": line.edit_version}
    form = (ReasonForm if takes_back else StepForm)(typed(request), initial=initial)
    if takes_back:
        step = Step(
            _("Take the line back from the public page"),
            pgettext("money", "Take it back"),
            _("Nobody outside reads it any more."),
            pgettext("money", "Taken back."),
            is_danger=True,
        )
    else:
        step = Step(
            _("Publish the budget line"),
            pgettext("money", "Publish"),
            _("Everybody reads these figures on the page of the plan, with today's date."),
            _("Published."),
        )

    def act():
        if takes_back:
            budget.take_back(line, request.user, form.cleaned_data["reason"], seen=form.seen_version)
        else:
            budget.publish(line, request.user, seen=form.seen_version)

    return take(request, step, form, act, task=task, version=_version(task, line, step), about=_words(line))


def _line(task, pk):
    line = get_object_or_404(task.budget_lines.filter(removed_at=None), pk=pk)
    line.task = task
    return line


def _words(line):
    from plan.tasks.words import money_words

    return money_words({name: getattr(line, name) for name in ("year", "source", "estimate", "spent")})


def _version(task, line, step):
    def version():
        now = task.budget_lines.filter(pk=line.pk, removed_at=None).first()
        step.now = [(_("Budget line"), _words(now) if now else _("removed"))]
        return now.edit_version if now else None

    return version


# ---- totals


def _visible_lines(request, year=None):
    lines = budget.standing_lines(tasks_visible_to(request.user).values("pk"))
    lines = lines.filter(year=year) if year else lines
    return list(lines.order_by("-year", "task__order", "task__pk", "source", "pk"))


def _asked_year(request):
    asked = request.GET.get("nam", "")
    if not asked:
        return None
    if not (asked.isdigit() and 2000 <= int(asked) <= 2100):
        raise Http404
    return int(asked)


@never_cache
@require_safe
def totals(request):
    if refused := door(request):
        return refused
    year = _asked_year(request)
    every = _visible_lines(request)
    lines = [line for line in every if year in (None, line.year)]
    sums = money.totals((line.year, line.source, line.estimate, line.spent) for line in every)
    years = sorted({line.year for line in every})
    over = [line for line in lines if line.is_overspent]
    context = {
        "year": year,
        "years": years,
        "sources": [
            {
                "words": money.source_words(source),
                "cells": [(one, sums.get((one, source))) for one in years],
                "total": sums.get((None, source)),
            }
            for source in BudgetSource
        ],
        "year_totals": [(one, sums.get((one, None))) for one in years],
        "total": sums.get((None, None)),
        "lines": [(line, money.source_words(line.source)) for line in lines],
        "overspent": over,
        "overspent_words": ngettext(
            "%(count)s line was overspent.", "%(count)s lines were overspent.", len(over)
        )
        % {"count": len(over)},
        "crumbs": [(pgettext("menu", "Plan work"), "/ke-hoach/dieu-hanh/"), (_("Funds"), "")],
    }
    return render(request, "plan/tasks/money.html", context)


@never_cache
@require_safe
def workbook(request):
    if refused := door(request):
        return refused
    year = _asked_year(request)
    content = write_workbook(
        [
            (_("Lines"), _columns(), _rows(request, year)),
            (_("Totals"), _total_columns(), _total_rows(request, year)),
        ],
        title=_("Funds of the plan"),
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = f"kinh-phi-ke-hoach-{year or 'cac-nam'}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _columns():
    return [
        (_("Year"), 8),
        (_("Code"), 14),
        (pgettext("plan", "Task"), 70),
        (pgettext("money", "Source"), 40),
        (_("Estimate, VND"), 18),
        (_("Spent, VND"), 18),
        (_("Number of the document"), 20),
        (_("Note"), 40),
        (_("Published on"), 14),
    ]


def _rows(request, year):
    return [
        (
            line.year,
            line.task.code,
            line.task.text,
            money.source_words(line.source),
            line.estimate,
            line.spent,
            line.document,
            line.note,
            line.published_on,
        )
        for line in _visible_lines(request, year)
    ]


def _total_columns():
    return [
        (_("Year"), 8),
        (pgettext("money", "Source"), 40),
        (_("Estimate, VND"), 18),
        (_("Spent, VND"), 18),
        (_("Left, VND"), 18),
    ]


def _total_rows(request, year):
    lines = _visible_lines(request, year)
    sums = money.totals((line.year, line.source, line.estimate, line.spent) for line in lines)
    for one in sorted({line.year for line in lines}):
        for source in [*BudgetSource, None]:
            if found := sums.get((one, source)):
                words = money.source_words(source) if source else _("All sources")
                yield (one, words, found.estimate, found.spent, found.left)
