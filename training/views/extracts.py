"""A person's yearly extract as page, PDF and Excel; all people of a unit at once."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from papers.documents import draw, freeze
from papers.documents.numbering import roman
from people.kept_post import keep_post
from people.service import workplaces

from .. import record as contents
from ..extracts import access, drawing
from ..extracts.reading import extracts
from .records import own_staff

PAGE_SIZE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _find(request, staff_code):
    """The person, where this account reads their extract; out of sight is 404."""
    return get_object_or_404(access.visible_to(request.user), staff_code=staff_code)


def _handed_out(content, content_type, name):
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@keep_post
@never_cache
def extract(request, staff_code):
    """The year on one page, drawn for printing; Vietnamese, whatever the screen speaks."""
    return _page(request, _find(request, staff_code))


@require_safe
@keep_post
@never_cache
def my_extract(request):
    """One's own, at an address that is the same for everybody."""
    return _page(request, own_staff(request))


def _page(request, staff):
    year = access.year_asked(request.GET.get("nam"))
    (shown,) = extracts([staff], year, request.user)
    context = {
        "staff": staff,
        "shown": shown,
        "year": year,
        "years": access.years(),
        "facts": drawing.facts(shown),
        "columns": [column.title for column in drawing.COLUMNS],
        "sections": [(f"{roman(n)}.", *part) for n, part in enumerate(drawing.sections(shown), 1)],
        "none": drawing.NONE,
        "notes": drawing.notes(shown),
        "signatures": drawing.signatures(shown),
        "sign_here": drawing.SIGN_HERE,
        "back": _back(request, staff, year),
    }
    return render(request, "training/records/extract.html", context)


def _back(request, staff, year):
    """To the record where one reads it; the personnel officer comes from the roster."""
    if staff.user_id == request.user.pk:
        return f"{reverse('training:my_record')}?nam={year}"
    if contents.visible_to(request.user, timezone.localdate()).filter(pk=staff.pk).exists():
        return f"{reverse('training:record', args=[staff.staff_code])}?nam={year}"
    return reverse("people:staff_detail", args=[staff.pk])


@require_safe
@keep_post
@never_cache
def extract_file(request, staff_code, face):
    """The extract as "pdf" or "xlsx"."""
    if face not in ("pdf", "xlsx"):
        raise Http404
    staff = _find(request, staff_code)
    year = access.year_asked(request.GET.get("nam"))
    found = extracts([staff], year, request.user)
    name = f"trich-luc-{year}.{face}"
    if face == "xlsx":
        return _handed_out(drawing.workbook(found, title=f"Trích lục kết quả năm {year}"), _XLSX, name)
    made = draw(freeze(drawing.paper(found[0])).data, face)
    return _handed_out(made.content, made.content_type, name)


def _units(request):
    """Whoever answers for a unit, and the personnel officer; others have their own extract alone."""
    units = access.units_of(request.user)
    if not units:
        raise PermissionDenied(
            _("Extracts of others are read by their unit head and the personnel officer. Yours is your own.")
        )
    return units


def _asked(request, units):
    """(unit, year): of the address; the first unit where it names none of theirs."""
    code = request.GET.get("don-vi", "")
    unit = next((unit for unit in units if unit.code == code), units[0])
    return unit, access.year_asked(request.GET.get("nam"))


@require_safe
@keep_post
@never_cache
def unit_extracts(request):
    """Whose extracts there are in a unit."""
    units = _units(request)
    unit, year = _asked(request, units)
    page = Paginator(access.people_of(unit), PAGE_SIZE).get_page(request.GET.get("page"))
    places = workplaces([person.pk for person in page], timezone.localdate())
    context = {
        "units": units,
        "unit": unit,
        "year": year,
        "years": access.years(),
        "page_obj": page,
        "rows": [(person, *places.get(person.pk, (None, ""))) for person in page],
        "crumbs": [(_("My work"), "/viec-cua-toi/"), (_("Yearly extracts"), "")],
    }
    return render(request, "training/records/unit_extracts.html", context)


@require_safe
@keep_post
@never_cache
def unit_extracts_file(request):
    """All people of the unit in one workbook."""
    units = _units(request)
    unit, year = _asked(request, units)
    found = extracts(access.people_of(unit), year, request.user)
    content = drawing.workbook(found, title=f"Trích lục kết quả năm {year}: {unit.name}")
    return _handed_out(content, _XLSX, f"trich-luc-don-vi-{year}.xlsx")
