"""What is told about model examples."""

from django.utils.translation import gettext_lazy as _

from notifications.events import declare

OFFERED = declare(
    "plan.showcase_offered",
    _("A model example is written down and waits to be published"),
    category="plan",
    icon="spread",
)
CHANGED = declare(
    "plan.showcase_changed",
    _("A file of a published model example was taken away by its unit"),
    category="plan",
    icon="spread",
)
PUBLISHED = declare(
    "plan.showcase_published",
    _("The model example of your unit is published"),
    category="plan",
    icon="spread",
)
