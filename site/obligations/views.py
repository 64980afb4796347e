"""The work page: what waits for the person who signed in."""

from itertools import chain

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .duties import work_of


@require_safe
@login_required
@never_cache
def work(request):
    """Sections of work as the apps see it; the page counts and draws, it decides nothing."""
    sections = work_of(request.user)
    items = list(chain.from_iterable(section.items for section in sections))
    with_term = [item for item in items if item.due]
    context = {
        "sections": sections,
        "count": len(items),
        "overdue": sum(item.overdue for item in items),
        "next_due": min((item.due_day for item in with_term if not item.overdue), default=None),
    }
    return render(request, "obligations/work.html", context)
