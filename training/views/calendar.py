"""The calendar by month, and the feeds calendar programs read."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from portal.sharing import shared
from trust.limits import WrongTries

from .. import feeds, ics, listing
from ..found import public_sessions
from .found import crumbs

WRONG_TOKENS = WrongTries("calendar-feed", most=30, seconds=600)
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@require_safe
@never_cache
def month(request):
    """`?thang=2026-11`; this month where nothing sensible is asked."""
    today = timezone.localdate()
    found = _MONTH.fullmatch(request.GET.get("thang", ""))
    year, number = (int(found[1]), int(found[2])) if found else (today.year, today.month)
    rows = listing.in_month(listing.visible_to(request.user), year, number)
    context = {
        "first": today.replace(year=year, month=number, day=1),
        "before": _month(year, number - 1),
        "after": _month(year, number + 1),
        "sessions": rows,
        "is_staff": listing.is_staff_member(request.user),
        "crumbs": crumbs(None, _("Calendar")),
    } | shared(request.path, _("Training calendar"), _("Sessions of the ward open to the public's view."))
    return render(request, "training/calendar/month.html", context)


def _month(year, number):
    """2026-12 from (2027, 0)."""
    year, number = (year - 1, 12) if number == 0 else (year + 1, 1) if number == 13 else (year, number)
    return f"{year}-{number:02d}"


@require_safe
def public_feed(request):
    """Sessions of the public calendar: course, day, time, place. No people."""
    return _calendar(ics.feed(public_sessions(), _("Training of the ward"), ics.public_title))


@require_safe
@never_cache
def personal_feed(request, token):
    """The sessions of whoever the token belongs to; wrong, old and unknown tokens look alike."""
    if WRONG_TOKENS.used_up(request):
        return HttpResponse(status=429, headers={"Retry-After": str(WRONG_TOKENS.seconds)})
    owner = feeds.owner_of(token)
    if owner is None:
        WRONG_TOKENS.add(request)
        raise Http404
    content = ics.feed(feeds.sessions_of(owner), _("My training calendar"), ics.personal_title)
    response = _calendar(content)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _calendar(content):
    response = HttpResponse(content, content_type=ics.CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="lich-tap-huan.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def own_feed(request):
    """Making, renewing and taking back one's own calendar address."""
    if request.method == "POST":
        act = request.POST.get("act")
        if act == "take_back":
            feeds.take_back(request.user)
            messages.success(request, _("The address is taken back. It opens nothing any more."))
        elif act == "renew":
            feeds.renew(request.user)
            messages.success(
                request, _("The new address stands below. An earlier one opens nothing any more.")
            )
        return redirect("training:own_feed")
    context = {
        "feed": feeds.feed_of(request.user),
        "address": feeds.address_of(request.user),
        "crumbs": crumbs(None, _("My calendar address")),
    }
    return render(request, "training/calendar/own.html", context)
