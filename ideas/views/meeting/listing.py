"""The list of meetings."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ideas import meetings
from people.kept_post import keep_post

from .found import crumbs_of_meetings, holds_a_seat
from .parts import state_badge

PAGE_SIZE = 20


@require_safe
@never_cache
@keep_post
def meeting_list(request):
    """Meetings of the councils the reader sits in. 404 for everybody else."""
    visible = meetings.meetings_visible_to(request.user)
    kept = meetings.appointments_kept_by(request.user)
    if not kept and not holds_a_seat(request.user):
        raise Http404
    rows = visible.annotate(
        total=Count("items", distinct=True),
        done=Count("items", filter=Q(items__recorded_at__isnull=False), distinct=True),
    ).order_by("-starts_at")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(meeting, state_badge(meeting)) for meeting in page],
        "may_plan": bool(kept),
        "crumbs": [*crumbs_of_meetings()[:1], (_("Council meetings"), "")],
    }
    return render(request, "ideas/meeting/list.html", context)
