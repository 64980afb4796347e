"""Public ward totals as a page and as JSON. Numbers only; a total of fewer than five people is held back."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.sharing import shared

from .. import ward_totals
from ..bars import bar_of
from ..report import counts


@require_safe
def page(request):
    """The last three years of every requirement that concerns anybody."""
    groups = [_group(totals) for totals in ward_totals.last_years(timezone.localdate()) if totals]
    context = {
        "groups": [group for group in groups if group["lines"]],
        "today": timezone.localdate(),
        "crumbs": [(_("Training"), "/dao-tao/"), (_("Figures"), "")],
    } | shared(
        request.path,
        _("Training figures of the ward"),
        _("How many of those concerned have had the year's training: totals of the ward, without names."),
    )
    return render(request, "training/figures/page.html", context)


def _group(totals):
    lines = [{"total": total, "bar": bar_of(total.figures) if total.figures else None} for total in totals]
    concerned = any(line["bar"] for line in lines)
    return {"code": totals[0].code, "name": totals[0].name, "lines": lines if concerned else []}


@require_safe
def as_json(request):
    """The same for machines. Percentages are strings with one decimal, floored; null where nobody is
    concerned; every number null where fewer than five people are."""
    groups = ward_totals.last_years(timezone.localdate())
    found = {
        "ward": settings.PORTAL["ward_name"],
        "as_of": timezone.localdate().isoformat(),
        "requirements": [
            {"code": totals[0].code, "name": totals[0].name, "years": [_year(total) for total in totals]}
            for totals in groups
            if totals
        ],
    }
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _year(total):
    source = {"source": "freeze", "sha256": total.sha256} if total.sha256 else {"source": "live"}
    numbers = {**counts(total.figures), "complete": total.figures.complete} if total.figures else _HELD_BACK
    return {"year": total.year, "as_of": total.as_of.isoformat(), **source, **numbers}


_HELD_BACK = dict.fromkeys(
    ("trained", "exempt", "not_due", "missing", "population", "strict", "official", "complete")
)
