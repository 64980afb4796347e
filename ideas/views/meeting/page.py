"""The page of one meeting."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post

from .acts import Act
from .drawing import draw_meeting
from .found import meeting_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def detail(request, pk):
    """The meeting as its reader may see it; a POST is one act on it, named by its form and button."""
    meeting = meeting_or_404(request, pk)
    if request.method == "POST":
        return Act(request, meeting).answer()
    return draw_meeting(request, meeting, bound=_bound_part(request.kept_post), data=request.kept_post)


def _bound_part(data):
    return data.get("form", "") if data else ""
