"""What waits for authors."""

from django.utils.translation import gettext as _

from obligations.duties import WorkItem, WorkSection

from ..authorship import CONFIRMABLE, may_confirm
from ..models import Initiative, Round


def of_authors(user, now):
    """Shares to confirm, supplements to hand in, drafts while a round is open. Three queries."""
    own = Initiative.objects.written_by(user).filter(state__in=CONFIRMABLE).prefetch_related("authors")
    dossiers = list(own.order_by("pk"))
    closing = None
    if any(initiative.state == "draft" for initiative in dossiers):
        current = Round.objects.open_at(now).first()
        closing = current.closes_at if current else None
    items = [item for initiative in dossiers for item in _author_items(initiative, user, closing)]
    return [WorkSection(_("My dossiers"), items, 20)]


def _author_items(initiative, user, closing):
    common = {"title": initiative.title or initiative.code, "code": initiative.code}
    address = initiative.get_absolute_url()
    if may_confirm(initiative, user):
        yield WorkItem(
            **common, link=f"{address}xac-nhan/", action=_("Confirm my share"), kind="confirm_share"
        )
    elif initiative.state == "supplement_requested":
        yield WorkItem(
            **common,
            link=f"{address}sua/7/",
            due=initiative.supplement_due_on,
            action=_("Complete it"),
            kind="supplement",
        )
    elif initiative.state == "draft":
        yield WorkItem(**common, link=f"{address}sua/1/", due=closing, action=_("Go on"), kind="draft")
