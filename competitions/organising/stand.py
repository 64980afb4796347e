"""Where a competition stands, as a stable code: on its way to the public, then through its phases."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, WorkflowState

WAITS, RETURNED = "waits", "returned"
OPEN_APPROVALS = {WorkflowState.STATUS_IN_PROGRESS: WAITS, WorkflowState.STATUS_NEEDS_CHANGES: RETURNED}


def approvals(competitions) -> dict[int, str]:
    """{page: "waits" or "returned"} of those under approval; one query for any number."""
    kind = ContentType.objects.get_for_model(Page)
    rows = WorkflowState.objects.filter(
        base_content_type=kind,
        object_id__in=[str(c.pk) for c in competitions],
        status__in=list(OPEN_APPROVALS),
    )
    return {int(pk): OPEN_APPROVALS[status] for pk, status in rows.values_list("object_id", "status")}


def approval(competition) -> str:
    """ "waits", "returned" or "": whether a text of it is with the publishers."""
    return approvals([competition]).get(competition.pk, "")


def stand(competition, *, approval="", now=None) -> str:
    """draft, waits, returned, scheduled, down (taken off the portal); once it is out planned, the code of its
    phase, between or over. `approval` as `approvals` says it."""
    now = now or timezone.now()
    if not competition.live:
        if approval:
            return approval
        if competition.first_published_at:
            return "down"
        return "scheduled" if _has_an_hour(competition) else "draft"
    standing = competition.standing(now)
    if standing.current:
        return standing.code
    if standing.is_over:
        return "over"
    return "between" if standing.has_begun else "planned"


def _has_an_hour(competition):
    revision = competition.latest_revision
    return bool(revision and revision.approved_go_live_at)


def next_moment(competition, now=None):
    """(what, moment) of what comes next by the clock, or None: the phase that closes, else the one that
    opens."""
    standing = competition.standing(now or timezone.now())
    if standing.current:
        return "closes", standing.current.code, standing.current.closes_at
    if standing.next:
        return "opens", standing.next.code, standing.next.opens_at
    return None
