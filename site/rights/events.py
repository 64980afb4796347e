"""What is announced of data rights: numbers alone, no word of what is asked or by whom."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.events import Mail, declare

_ABOUT = {"category": "account"}
_REMINDER = {"category": "reminder", "icon": "clock"}

SENT = declare(
    "rights.sent",
    _("%(code)s: a data-rights request came in; the first answer is due on %(due)s"),
    **_ABOUT,
    mail=Mail.ALWAYS,
    icon="lock",
)
ADDED = declare("rights.added", _("%(code)s: the sender answered what was asked"), **_ABOUT, icon="lock")
CHANGED = declare(
    "rights.changed",
    _("%(code)s: your data-rights request has news"),
    **_ABOUT,
    mail=Mail.ALWAYS,
    icon="lock",
)
COPY_READY = declare(
    "rights.copy_ready",
    _("The copy of your data is ready. It can be taken for 7 days"),
    **_ABOUT,
    icon="down",
)
COPY_FAILED = declare(
    "rights.copy_failed",
    _("The copy of your data could not be made. Ask for it again"),
    **_ABOUT,
    icon="warn",
)

FIRST_DUE = (
    declare("rights.first_due", _("%(code)s: first answer to a data-rights request by %(due)s"), **_REMINDER),
    declare("rights.first_overdue", _("%(code)s: the first answer was due on %(due)s"), **_REMINDER),
)
CARRY_DUE = (
    declare("rights.carry_due", _("%(code)s: to be carried out by %(due)s"), **_REMINDER),
    declare("rights.carry_overdue", _("%(code)s: was to be carried out by %(due)s"), **_REMINDER),
)
BREACH_DUE = (
    declare(
        "rights.breach_due", pgettext_lazy("breach", "%(code)s: notify the authority by %(due)s"), **_REMINDER
    ),
    declare(
        "rights.breach_overdue",
        pgettext_lazy("breach", "%(code)s: the authority was to be notified by %(due)s"),
        **_REMINDER,
    ),
)
MOVED = declare(
    "rights.moved",
    _("%(code)s: days off were announced or taken back, the request is due on %(due)s now"),
    category="reminder",
    icon="cal",
)
LATE = declare(
    "rights.escalated",
    _("%(code)s: a data-rights request is late; it was due on %(due)s"),
    category="reminder",
    icon="warn",
)
