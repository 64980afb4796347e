"""What is told about the year's programme."""

from django.utils.translation import gettext_lazy as _

from notifications.events import declare

SOON = declare(
    "plan.programme_soon", _("Issue the work programme of %(year)s by %(due)s"), category="plan", icon="cal"
)
OVERDUE = declare(
    "plan.programme_overdue",
    _("The work programme of %(year)s was to be issued by %(due)s"),
    category="plan",
    icon="cal",
)
ISSUED = declare(
    "plan.programme_issued", _("The work programme of %(year)s is issued"), category="plan", icon="cal"
)
