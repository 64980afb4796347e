"""/lich/cua-toi/: one's own calendar address; and the feed of duties it opens."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from trust.limits import Requests, WrongTries

from . import ics, my_calendar

WRONG_TOKENS = WrongTries("calendar-address", most=30, seconds=600)
READINGS = Requests("duty-feed", most=120, seconds=600)


def owner_behind(request, token):
    """The owner of a token; Http404 alike for wrong, old and unknown ones, None once guessing is stopped."""
    if WRONG_TOKENS.used_up(request):
        return None
    owner = my_calendar.owner_of(token)
    if owner is None:
        WRONG_TOKENS.add(request)
        raise Http404
    return owner


def too_many():
    return HttpResponse(status=429, headers={"Retry-After": str(WRONG_TOKENS.seconds)})


def private(content, name):
    """A calendar that is its owner's alone."""
    response = HttpResponse(content, content_type=ics.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@cache_control(private=True, no_cache=True)
def duties(request, token):
    """What the owner has to do, on its days."""
    owner = owner_behind(request, token)
    if owner is None or not READINGS.take(request):
        return too_many()
    return private(ics.due_days(_("My duties"), my_calendar.duties_of(owner)), "viec-cua-toi.ics")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def own(request):
    """Making, renewing and taking back one's own calendar address."""
    if request.method == "POST":
        act = request.POST.get("act")
        if act == "take_back":
            my_calendar.take_back(request.user)
            messages.success(request, _("The address is taken back. It opens nothing any more."))
        elif act == "renew":
            my_calendar.renew(request.user)
            messages.success(
                request, _("The new address stands below. An earlier one opens nothing any more.")
            )
        return redirect("portal:my_calendar")
    context = {
        "addresses": my_calendar.addresses_of(request.user),
        "crumbs": [(_("My work"), "/viec-cua-toi/"), (_("My calendar address"), "")],
    }
    return render(request, "portal/my_calendar.html", context)
