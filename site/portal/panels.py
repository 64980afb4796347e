"""What Wagtail's first page tells beside its own panels (what waits for one's approval is one of those)."""

from django.db.models import F
from django.utils import timezone
from wagtail.admin.ui.components import Component

from people.roles import has_role

from .models import PlannedOutage
from .rating import SHOWN_DAYS, rated_pages
from .rating_report import READERS

LISTED = 5


class OutagePanel(Component):
    """Outages not over yet; nothing where there is none."""

    name = "planned_outages"
    template_name = "portal/panels/outages.html"
    order = 120

    def get_context_data(self, parent_context):
        rows = PlannedOutage.objects.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")
        return {"outages": rows[:LISTED]}


class RatingPanel(Component):
    """The pages readers found least useful: where an editor's hour helps most."""

    name = "ratings"
    template_name = "portal/panels/ratings.html"
    order = 230

    def get_context_data(self, parent_context):
        weak = rated_pages().filter(no__gt=0).order_by(-F("no"), "pk")
        return {"pages": weak[:LISTED], "days": SHOWN_DAYS}


def add_to(request, panels):
    panels.append(OutagePanel())
    if has_role(request.user, *READERS):
        panels.append(RatingPanel())
