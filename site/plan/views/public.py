"""Progress of the plan for everybody: what a coordinator published, the same to all, kept in front."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from portal.public_page import public_page
from portal.sharing import shared

from ..loading import YEARS
from ..models import Target
from ..public import own_sections, reading, sharing, workbook, yearly
from ..public.sections import sections

ASKS = ("nam", "ngay", "lan")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROOT, HERE = "/ke-hoach/", "/ke-hoach/tien-do/"


def _shown(request):
    """The publication the address asks for; 404 for what names none."""
    try:
        return reading.shown(reading.read_asked(request.GET))
    except reading.Unknown as error:
        raise Http404(str(error)) from error


def _crumbs(*last):
    return [(_("Plan"), ROOT), (_("Progress"), HERE), *last]


@require_safe
@public_page(*ASKS, "xem")
def progress(request):
    shown = _shown(request)
    view = request.GET.get("xem", "")
    if view and view not in own_sections.VIEWS:
        raise Http404
    context = {
        "shown": shown,
        "publication": shown.publication,
        "years": [(year, year == shown.year, year in shown.published_years) for year in YEARS],
        "publications": reading.publications_of(shown.year),
        "sections": sections(request, shown),
        "view": view,
        "crumbs": [(_("Plan"), ROOT), (_("Progress"), "")],
    } | shared(
        HERE,
        _("Progress of plan 178/KH-UBND"),
        _("The plan's 42 targets and 61 tasks: what was reached, each number with its day and source."),
        json_ld=sharing.dataset(shown),
    )
    return render(request, "plan/public/progress.html", context)


@require_safe
@public_page(*ASKS)
def target(request, code):
    shown = _shown(request)
    row = get_object_or_404(Target.objects.select_related("group"), code=code)
    found = next((one for one in shown.targets if one.code == code), None)
    title = found.definition.indicator if found and found.definition.indicator else row.text
    context = {
        "shown": shown,
        "publication": shown.publication,
        "target": row,
        "title": title,
        "row": own_sections.row_of(found) if found else None,
        "years": yearly.rows(found, shown) if found else [],
        "definitions": yearly.definitions(found) if found else [],
        "crumbs": _crumbs((row.code, "")),
    } | shared(f"{HERE}{row.code}/", f"{row.code}. {title}", row.text, kind="article")
    return render(request, "plan/public/target.html", context)


@require_safe
@public_page(*ASKS)
def tasks(request):
    shown = _shown(request)
    context = {
        "shown": shown,
        "publication": shown.publication,
        "groups": own_sections.tasks_by_group(shown.tasks),
        "crumbs": _crumbs((pgettext("plan", "Tasks"), "")),
    } | shared(
        f"{HERE}nhiem-vu/",
        _("Tasks of plan 178/KH-UBND"),
        _("The 61 tasks of the plan in its own words: who leads, until when, how far."),
    )
    return render(request, "plan/public/tasks.html", context)


@require_safe
@public_page(*ASKS)
def excel(request):
    return _file(request, workbook.as_excel, XLSX, "xlsx")


@require_safe
@public_page(*ASKS)
def csv(request):
    return _file(request, workbook.as_csv, "text/csv; charset=utf-8", "csv")


def _file(request, write, kind, ending):
    shown = _shown(request)
    if shown.publication is None:
        raise Http404
    response = HttpResponse(write(shown), content_type=kind)
    name = f"chi-tieu-{shown.year}-lan-{shown.publication.number}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
