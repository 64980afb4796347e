"""Sending a competition, or its changed text, to the publishers: Wagtail's own moderation, started for the
organiser, who never enters the editor."""

from django.db import transaction
from wagtail.models import WorkflowState

from ..acts import log
from ..publishing import NotReady, latest, what_is_missing
from .editing import locked
from .refusals import ActRefused
from .stand import WAITS, approval


def has_something_to_send(competition) -> bool:
    """A text the public does not read yet."""
    return not competition.live or competition.has_unpublished_changes


def why_not_send(competition) -> str:
    """The code of what forbids to send it now, besides what is missing; or ""."""
    if competition.locked:
        return "locked_by_publisher"
    if approval(competition) == WAITS:
        return "waits_for_approval"
    if not has_something_to_send(competition):
        return "nothing_to_send"
    return ""


def send_for_approval(competition, user, *, now=None):
    """Starts the approval of the latest revision, or takes it up again after it came back. Raises ActRefused,
    and NotReady with what is missing."""
    with transaction.atomic():
        row = locked(competition, user)
        if why := why_not_send(row):
            raise ActRefused(why)
        draft = latest(row)
        if lacks := what_is_missing(draft):
            raise NotReady(draft, lacks)
        state = row.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user=user)
        else:
            workflow = row.get_workflow()
            if workflow is None:
                raise ActRefused("no_publishers")
            workflow.start(row, user)
        log(row, "sent_for_approval", user, now=now, revision=row.latest_revision_id)


def take_back(competition, user, *, now=None):
    """Ends the approval, so that it can be changed again."""
    with transaction.atomic():
        row = locked(competition, user)
        state = row.current_workflow_state
        if state is None or approval(row) != WAITS:
            raise ActRefused("not_waiting")
        state.cancel(user=user)
        log(row, "taken_back", user, now=now)


def what_came_back(competition) -> str:
    """The publishers' words, where it came back and was not sent again."""
    state = competition.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    return state.current_task_state.get_comment() if state.current_task_state else ""
