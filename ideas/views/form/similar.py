"""Similar initiatives while somebody types: a hint beside the form, never in its way."""

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ideas.access import may_start
from ideas.models import Initiative
from ideas.similarity.showing import hint_for

from .doors import own_dossier

PAUSE = 1  # seconds between two answers to one account, whatever number of windows and processes


@require_POST
@never_cache
def similar(request):
    """A piece of a page: up to three published initiatives like what is typed.

    `code` names the dossier that is written; what its page has no field for is taken from what is saved.
    401 signed out, 404 not one's own, 429 asked again within a second.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    code = request.POST.get("code", "")
    if not code and not may_start(request.user):
        raise PermissionDenied
    initiative = own_dossier(request.user, code) if code else None
    if not cache.add(f"similar-asked-{request.user.pk}", True, PAUSE):
        return HttpResponse(status=429, headers={"Retry-After": str(PAUSE)})
    cards = hint_for(initiative, *_texts(request.POST, initiative))
    return render(
        request, "ideas/similar/_hint.html", {"similar": cards, "asks_in_step_4": "title" in request.POST}
    )


def _texts(posted, initiative):
    saved = initiative or Initiative()
    return [posted.get(name, getattr(saved, name)) for name in ("title", "problem", "description")]
