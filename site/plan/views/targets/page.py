"""One target: its words, definition, units, figures, history, and why its state is what it is."""

from django.core.paginator import Paginator
from django.db.models import Max
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.figures import figure_of
from people.kept_post import keep_post

from ...loading import YEARS
from ...models import ReportedValue
from ...targets import defining, owners, plots, wording
from ...targets import figures as stated
from ...targets.access import START
from ...targets.log import WORDS
from ...targets.query import lines
from .finding import crumbs, find

UNITS_A_PAGE, FIGURES_A_PAGE, FIGURES_SHOWN, CHANGES_A_PAGE = 30, 50, 10, 30


@require_safe
@keep_post
@never_cache
def target(request, code):
    target, rights = find(request, code)
    today = timezone.localdate()
    year = min(max(today.year, YEARS[0]), YEARS[-1])
    (line,) = lines(year, today, codes=[code])
    rows, newest = _rows(target), _newest(target)
    changes = Paginator(target.changes.order_by("-at", "-pk"), CHANGES_A_PAGE)
    changes = changes.get_page(request.GET.get("nhat_ky"))
    confirmed = target.changes.filter(change="definition_confirmed")
    units = Paginator(_by_unit(line, rights, year), UNITS_A_PAGE)
    context = {
        "target": target,
        "line": line,
        "year": year,
        "goal": wording.goal_of(line.definition),
        "value": wording.value_of(line.held),
        "out_of": wording.out_of(line.held),
        "missing": wording.units_missing(line),
        "why": wording.why(line),
        "plot": plots.plot_of(line),
        "plot_said": [(one, wording.value_of(line.values.get(one))) for one in YEARS],
        "years": [_year(line, one) for one in YEARS],
        "start_year": START,
        "baseline": line.baseline,
        "baseline_value": wording.value_of(line.baseline),
        "definition_confirmed": defining.is_confirmed(line.definitions[-1], confirmed),
        "coming": line.definitions[-1] if line.definitions[-1] != line.definition else None,
        "is_proposed": any(part.is_suggested for part in line.parts),
        "seen": owners.state_of(rights.parts),
        "leads": [part for part in line.parts if part.part == "lead"],
        "helpers": [part for part in line.parts if part.part != "lead"],
        "figure": figure_of(code),
        "page_obj": units.get_page(request.GET.get("page")),
        "reported": [_shown(row, line, rights, newest) for row in rows[:FIGURES_SHOWN]],
        "has_more": rows.count() > FIGURES_SHOWN,
        "changes": changes,
        "history": [(WORDS.get(one.change, one.change), wording.details_of(one), one) for one in changes],
        "rights": rights,
        "may_raise": bool(rights.own),
        "crumbs": crumbs(target),
    }
    return render(request, "plan/targets/target.html", context)


@require_safe
@keep_post
@never_cache
def figures(request, code):
    """Every figure ever reported of it, the newest first."""
    target, rights = find(request, code)
    today = timezone.localdate()
    (line,) = lines(min(max(today.year, YEARS[0]), YEARS[-1]), today, codes=[code])
    newest = _newest(target)
    page_obj = Paginator(_rows(target), FIGURES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "target": target,
        "page_obj": page_obj,
        "reported": [_shown(row, line, rights, newest) for row in page_obj],
        "crumbs": crumbs(target, _("All figures")),
    }
    return render(request, "plan/targets/figures.html", context)


def _rows(target):
    rows = ReportedValue.objects.filter(target=target).select_related("unit", "definition")
    return rows.prefetch_related("evidence").order_by("-at", "-pk")


def _newest(target):
    """Keys of the rows that count: the latest of each unit and year."""
    rows = ReportedValue.objects.filter(target=target).order_by().values("unit", "year")
    return set(rows.annotate(newest=Max("pk")).values_list("newest", flat=True))


def _shown(row, line, rights, newest):
    """A reported row with what this person may read of it."""
    measure = stated.measured(row)
    readable = rights.reads_evidence_of
    return {
        "row": row,
        "value": wording.measure_words(measure, row.definition)
        if row.definition.is_measurable
        else (_("Reached") if row.is_met else _("Not reached yet")),
        "out_of": wording.out_of(_Held(measure)),
        "files": list(row.evidence.all()) if readable is None or row.unit_id in readable else [],
        "is_old": row.definition.version != line.definition.version,
        "counts": row.pk in newest and (row.unit_id, row.year) not in line.uncounted,
        "is_uncounted": row.pk in newest and (row.unit_id, row.year) in line.uncounted,
    }


class _Held:
    """Just enough of a `query.Held` for `wording.out_of`."""

    def __init__(self, measure):
        self.measure = measure


def _by_unit(line, rights, year):
    """Each leading unit with its figure of this year, those of whoever asks first."""
    typed = {unit.pk for unit in rights.reportable}
    found = [
        {
            "unit": part.unit,
            "is_suggested": part.is_suggested,
            "held": line.by_unit.get((part.unit_id, year)),
            "value": wording.value_of(line.by_unit.get((part.unit_id, year))),
            "out_of": wording.out_of(line.by_unit.get((part.unit_id, year))),
            "may_type": part.unit_id in typed,
            "is_own": part.unit_id in rights.own,
        }
        for part in line.parts
        if part.part == "lead"
    ]
    return sorted(found, key=lambda one: not one["is_own"])


def _year(line, year):
    held = line.values.get(year)
    return {
        "year": year,
        "expected": wording.expected_of(line, year),
        "value": wording.value_of(held),
        "held": held,
        "standing": line.verdict_of(year).standing if held else None,
        "is_old": held is not None and held.definition.version != line.definition.version,
    }
