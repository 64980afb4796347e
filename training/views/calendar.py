"""The calendar by month, and the feeds calendar programs read."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.my_calendar_views import owner_behind, private, too_many
from portal.sharing import shared

from .. import feeds, ics, listing
from ..found import public_sessions
from .found import crumbs

FILE_NAME = "lich-tap-huan.ics"
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
    owner = owner_behind(request, token)
    if owner is None:
        return too_many()
    content = ics.feed(feeds.sessions_of(owner), _("My training calendar"), ics.personal_title)
    return private(content, FILE_NAME)


def _calendar(content):
    response = HttpResponse(content, content_type=ics.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{FILE_NAME}"'
    return response
