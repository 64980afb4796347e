"""What the reminders say."""

from django.utils.translation import gettext_lazy as _

from notifications.events import declare

_REMINDER = {"category": "reminder"}

STILL_MISSING = declare(
    "training.still_missing",
    _("%(name)s, %(year)s: you still need training. Choose a session by %(due)s"),
    **_REMINDER,
    icon="grad",
)
MISSING_OVERDUE = declare(
    "training.missing_overdue",
    _("%(name)s, %(year)s: your training was due by %(due)s. Choose the next session"),
    **_REMINDER,
    icon="warn",
)
UNIT_MISSING = declare(
    "training.unit_missing",
    _("%(name)s, %(year)s, due by %(due)s. People of your unit who still need training: %(count)s"),
    **_REMINDER,
    icon="grad",
)
CONFIRM_SOON = declare(
    "training.confirm_soon",
    _("Session %(code)s: check the roll and confirm it by %(due)s"),
    **_REMINDER,
    icon="check",
)
CONFIRM_OVERDUE = declare(
    "training.confirm_overdue",
    _("Session %(code)s was to be confirmed by %(due)s. Until then nobody's minutes count"),
    **_REMINDER,
    icon="warn",
)
FREEZE_SOON = declare(
    "training.freeze_soon",
    _("Training results of %(year)s: settle what is open and freeze them by %(due)s"),
    **_REMINDER,
    icon="lock",
)
FREEZE_OVERDUE = declare(
    "training.freeze_overdue",
    _("Training results of %(year)s were to be frozen by %(due)s"),
    **_REMINDER,
    icon="warn",
)
