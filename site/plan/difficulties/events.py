"""What is announced of difficulties: numbers alone, no word of what was raised or by whom."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.events import Mail, declare

_PLAN = {"category": "plan"}
_ALWAYS = {"mail": Mail.ALWAYS}
_REMINDER = {"category": "reminder", "icon": "clock"}

RAISED = declare("plan.difficulty_raised", _("%(code)s: a difficulty was raised"), **_PLAN, icon="msg")
ASSIGNED = declare(
    "plan.difficulty_assigned",
    _("%(code)s: your unit answers this difficulty by %(due)s"),
    **_PLAN,
    **_ALWAYS,
    icon="msg",
)
ANSWERED = declare(
    "plan.difficulty_answered", _("%(code)s: an answer waits to be checked"), **_PLAN, icon="edit"
)
RETURNED = declare(
    "plan.difficulty_returned",
    _("%(code)s: the answer was returned. Read why"),
    **_PLAN,
    **_ALWAYS,
    icon="warn",
)
SETTLED = declare(
    "plan.difficulty_settled", _("%(code)s: the difficulty was answered or closed"), **_PLAN, icon="ok"
)

DUE = (
    declare("plan.difficulty_due", _("%(code)s: to be answered by %(due)s"), **_REMINDER),
    declare("plan.difficulty_overdue", _("%(code)s: was to be answered by %(due)s"), **_REMINDER),
)
CHECK_DUE = (
    declare(
        "plan.difficulty_check_due",
        pgettext_lazy("reminder", "%(code)s: check the answer by %(due)s"),
        **_REMINDER,
    ),
    declare(
        "plan.difficulty_check_overdue",
        pgettext_lazy("reminder", "%(code)s: the answer was to be checked by %(due)s"),
        **_REMINDER,
    ),
)
MOVED = declare(
    "plan.difficulty_moved",
    _("%(code)s: days off were announced or taken back, the answer is due on %(due)s now"),
    category="reminder",
    icon="cal",
)
LATE = declare(
    "plan.difficulty_escalated",
    _("%(code)s: the difficulty is still not answered; it was due on %(due)s"),
    category="reminder",
    icon="warn",
)
