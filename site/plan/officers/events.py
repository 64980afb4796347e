"""What is told about officers in charge."""

from django.utils.translation import gettext_lazy as _

from notifications.events import declare

REVIEW_SOON = declare(
    "plan.officer_review_soon",
    _("Review the appointment of %(name)s by %(due)s"),
    category="plan",
    icon="user",
)
REVIEW_OVERDUE = declare(
    "plan.officer_review_overdue",
    _("The appointment of %(name)s was to be reviewed by %(due)s"),
    category="plan",
    icon="user",
)
