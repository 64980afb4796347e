"""What is announced about the ward's report."""

from django.utils.translation import gettext_lazy as _

from notifications.events import declare

ISSUED = declare(
    "plan.consolidated_issued",
    _("%(title)s: the ward's report is issued as %(code)s"),
    category="plan",
    icon="file",
)
