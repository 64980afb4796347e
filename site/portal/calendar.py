"""/lich/: what takes place in public, month by month, and as a feed for calendar programs."""

import re
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import ics
from .happenings import happenings
from .sharing import shared

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@require_safe
@never_cache
def month(request):
    """`?thang=2026-11`; this month where nothing sensible is asked."""
    found = _MONTH.fullmatch(request.GET.get("thang", ""))
    first = date(int(found[1]), int(found[2]), 1) if found else timezone.localdate().replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    context = {
        "first": first,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{after:%Y-%m}",
        "happenings": happenings(first, after),
        "crumbs": [(_("Events calendar"), "")],
    } | shared(
        request.path,
        _("Events calendar"),
        _("What takes place in the ward, month by month, and as a feed for calendar programs."),
    )
    return render(request, "portal/calendar.html", context)


@require_safe
@never_cache
def feed(request):
    content = ics.feed(_("Events of the ward"), happenings(ics.first_day()), "events")
    response = HttpResponse(content, content_type=ics.CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="lich.ics"'
    return response
