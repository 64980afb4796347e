"""What moderation announces. Titles stay behind the sign-in: the link leads to the page in the editor."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from notifications.events import announce, declare

WAITS = declare(
    "portal.page_waits",
    _("A page waits for your approval. Read it, then decide."),
    category="portal",
    icon="eye",
)
APPROVED = declare(
    "portal.page_approved", _("Your page was approved. It is published."), category="portal", icon="ok"
)
RETURNED = declare(
    "portal.page_returned",
    _("Your page came back. Read the reason, change it and send it again."),
    category="portal",
    icon="undo",
)


def connect():
    task_submitted.connect(_tell_publishers, dispatch_uid="portal-waits")
    workflow_approved.connect(_tell_approved, dispatch_uid="portal-approved")
    workflow_rejected.connect(_tell_returned, dispatch_uid="portal-returned")


def _tell_publishers(sender, instance, user=None, **kwargs):
    """`instance` is the state of an approval task; whoever sent the page in is not told of it."""
    groups = getattr(instance.task.specific, "groups", None)
    if groups is None:
        return
    publishers = get_user_model().objects.filter(groups__in=groups.all()).distinct()
    told = [person for person in publishers if person != user]
    _announce(WAITS, told, _in_the_editor(instance.workflow_state))


def _tell_approved(sender, instance, user=None, **kwargs):
    _announce(APPROVED, _author(instance, user), _where_written(instance))


def _tell_returned(sender, instance, user=None, **kwargs):
    _announce(RETURNED, _author(instance, user), _where_written(instance))


def _author(workflow_state, user):
    author = workflow_state.requested_by
    return [author] if author is not None and author != user else []


def _in_the_editor(workflow_state):
    return reverse("wagtailadmin_pages:edit", args=[workflow_state.object_id])


def _where_written(workflow_state):
    """Most pages are written in the editor; one that is not says where its author works on it."""
    page = getattr(workflow_state.content_object, "specific", None)
    return getattr(page, "written_at", "") or _in_the_editor(workflow_state)


def _announce(event, people, link):
    with transaction.atomic():  # joins Wagtail's own transaction where there is one
        announce(event, people, link=link)
