"""Who is missing, what each lacks, which session can help; calling them up; the workbook."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.kept_post import keep_post

from ...board import asking
from ...board.calling import call_up as call_people_up
from ...board.calling import may_call_up
from ...board.missing import missing_people
from ...board.people import unit_in_sight
from ...board.standing import standing
from ...board.workbook import missing_workbook
from .people import crumbs

PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
@keep_post
def missing(request):
    return _show(request, asking.read(request.user, request.GET), request.GET)


def _show(request, asked, given, problem="", chosen=(), session=""):
    unit = unit_in_sight(asked, given["unit"]) if given.get("unit") else None
    found = missing_people(asked, unit)
    page = Paginator(found.people, PAGE_SIZE).get_page(given.get("page"))
    context = {
        "asked": asked,
        "unit": unit,
        "units": [u for _depth, u in asked.tree.in_order(asked.units)],
        "found": found,
        "forecast": standing(asked) if not unit and asked.day >= asked.today else None,
        "page_obj": page,
        "may_call_up": may_call_up(request.user) and bool(found.sessions),
        "problem": problem,
        "chosen": set(chosen),
        "chosen_session": session,
        "crumbs": crumbs(asked, (_("Who is missing"), "")),
    }
    return render(request, "training/coverage/missing.html", context, status=422 if problem else 200)


@require_POST
@keep_post(page=lambda request: reverse("training:coverage_missing"))
def call_up(request):
    """Calls the ticked people up to the chosen session: all of them or nobody."""
    asked = asking.read(request.user, request.POST)
    if not may_call_up(request.user):
        raise PermissionDenied(_("The training officer calls people up."))
    chosen = request.POST.getlist("people")
    code = request.POST.get("session", "")
    found = missing_people(asked)
    session = next((one for one in found.sessions if one.code == code), None)
    people = [one.person.staff_id for one in found.people if one.key in chosen]
    if session is None or not people:
        problem = (
            _("Tick at least one person.") if session else _("Choose an open session that still has seats.")
        )
        return _show(request, asked, request.POST, problem, chosen, code)
    count, problem = call_people_up(session, people, request.user)
    if problem:
        return _show(request, asked, request.POST, problem, chosen, code)
    words = ngettext(
        "%(count)s person is called up to %(code)s and told.",
        "%(count)s people are called up to %(code)s and told.",
        count,
    )
    messages.success(request, words % {"count": count, "code": session.code})
    return HttpResponseRedirect(f"{reverse('training:coverage_missing')}?{asked.query}")


@require_safe
@never_cache
@keep_post
def export(request):
    asked = asking.read(request.user, request.GET)
    unit = unit_in_sight(asked, request.GET["unit"]) if request.GET.get("unit") else None
    content = missing_workbook(asked, missing_people(asked, unit))
    name = f"con-thieu-{asked.policy.code}-{asked.day:%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
