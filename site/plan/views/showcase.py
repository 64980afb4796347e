"""Public pages: the library of models, and a session of the public calendar."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.public_page import public_page
from portal.sharing import shared
from trust.storage import serve_private

from ..activities.public import address_of, public_sessions
from ..groups.residential import keep_until_ended
from ..showcase.published import published
from ..showcase.publishing import initiative_address

PER_PAGE = 24
PLAN = "/ke-hoach/"


@public_page("page")
@require_safe
def library(request):
    page = Paginator(published(), PER_PAGE).get_page(request.GET.get("page"))
    keep_until_ended(request, [one.where or one.unit for one in page])
    title, description = _("Model examples"), _("What was done well in the ward, and how to do it again.")
    context = {
        "page_obj": page,
        "lead": description,
        "crumbs": [(_("Plan"), PLAN), (title, "")],
        **shared(request.path, title, description),
    }
    return render(request, "plan/showcase/list.html", context)


@public_page()
@require_safe
def page(request, slug):
    found = get_object_or_404(published(), slug=slug)
    today = timezone.localdate()
    keep_until_ended(request, [found.where or found.unit])
    context = {
        "showcase": found,
        "places": [(place, place.contains(today)) for place in found.places],
        "initiative": initiative_address(found),
        "crumbs": [(_("Plan"), PLAN), (_("Model examples"), f"{PLAN}mo-hinh/"), (found.title, "")],
        **shared(found.get_absolute_url(), found.title, found.text),
    }
    return render(request, "plan/showcase/page.html", context)


@require_safe
def picture(request, slug, file):
    """A picture of a published model that says what it shows; no other file of it."""
    found = get_object_or_404(published(), slug=slug)
    row = next((one for one in found.pictures if one.pk == file), None)
    if row is None:
        raise Http404
    response = serve_private(row.file, row.name, row.content_type, inline=True, public=True)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@public_page()
@require_safe
def session(request, pk):
    found = get_object_or_404(public_sessions(), pk=pk)
    keep_until_ended(request, found.groups.all())
    context = {
        "session": found,
        "crumbs": [(_("Events calendar"), "/lich/"), (found.title, "")],
        **shared(address_of(found), found.title, found.text),
    }
    return render(request, "plan/activities/public.html", context)
