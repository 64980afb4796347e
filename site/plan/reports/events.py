"""What is announced about reports. The Front and its organisations are asked, the others are told."""

from django.utils.translation import gettext_lazy as _

from notifications.events import Mail, declare

_REMINDER = {"category": "reminder"}
_PLAN = {"category": "plan"}

SOON = declare(
    "plan.report_soon", _("%(title)s: send the report of %(unit)s by %(due)s"), **_REMINDER, icon="send"
)
OVERDUE = declare(
    "plan.report_overdue",
    _("%(title)s: the report of %(unit)s was due by %(due)s. It can still be sent, with the reason"),
    **_REMINDER,
    icon="warn",
)
INVITED_SOON = declare(
    "plan.report_invited_soon",
    _("%(title)s: %(unit)s is kindly asked to send its report by %(due)s"),
    **_REMINDER,
    icon="send",
)
INVITED_OVERDUE = declare(
    "plan.report_invited_overdue",
    _("%(title)s: the report of %(unit)s was awaited by %(due)s. It is kindly asked for, with the reason"),
    **_REMINDER,
    icon="warn",
)
LATE = declare(
    "plan.report_late",
    _("%(title)s: the report of %(unit)s was due by %(due)s and is not in"),
    **_REMINDER,
    icon="warn",
)
MOVED = declare(
    "plan.report_moved", _("%(title)s: the last day to send the report is now %(due)s"), **_PLAN, icon="clock"
)
URGED = declare(
    "plan.report_urged",
    _("%(title)s: the coordinator waits for the report of %(unit)s. Last day: %(due)s"),
    **_PLAN,
    mail=Mail.ALWAYS,
    icon="warn",
)
INVITED_URGED = declare(
    "plan.report_invited_urged",
    _("%(title)s: the ward kindly asks %(unit)s for its report. Last day: %(due)s"),
    **_PLAN,
    mail=Mail.ALWAYS,
    icon="send",
)
FILED = declare("plan.report_filed", _("%(title)s: %(unit)s has sent its report"), **_PLAN, icon="file")
ACCEPTED = declare(
    "plan.report_accepted",
    _("%(title)s: the report of %(unit)s is accepted"),
    **_PLAN,
    mail=Mail.ALWAYS,
    icon="check",
)
RETURNED = declare(
    "plan.report_returned",
    _("%(title)s: the report of %(unit)s came back. Complete it and send it again by %(due)s"),
    **_PLAN,
    mail=Mail.ALWAYS,
    icon="undo",
)
EXCUSED = declare(
    "plan.report_excused", _("%(title)s: no report of %(unit)s is needed"), **_PLAN, icon="info"
)
ASKED = declare(
    "plan.report_asked",
    _("%(title)s: a report of %(unit)s is asked for by %(due)s"),
    **_PLAN,
    mail=Mail.ALWAYS,
    icon="file",
)
