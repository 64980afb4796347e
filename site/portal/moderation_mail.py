"""Wagtail's own mails about moderation and comments are off: the portal tells those concerned itself
(`portal.events`), by notice at once and by mail from the outbox, as each of them prefers. Wagtail would mail
from within the request, a second time, with the title of what is not published yet, without a setting.
A comment stands beside the field it is about, for whoever opens the page.
"""

from wagtail.admin.views.pages.edit import EditView
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

_RECEIVERS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def turn_off():
    """To be called once Wagtail's editor is ready: it connects its receivers there."""
    for signal, sender, uid in _RECEIVERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
    EditView.send_commenting_notifications = _tell_nobody


def _tell_nobody(view, changes):
    return None
