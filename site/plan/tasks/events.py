"""What is announced about tasks. Organisations under the Front are asked; their sentences say so."""

from django.utils.translation import gettext_lazy as _

from notifications.events import Mail, declare

DUE = (
    declare("plan.task_due", _("Task %(code)s is due on %(due)s."), category="reminder", icon="clock"),
    declare("plan.task_overdue", _("Task %(code)s was due on %(due)s."), category="reminder", icon="warn"),
)
INVITED_DUE = (
    declare(
        "plan.invited_task_due",
        _("The ward asks you to carry out what %(code)s names by %(due)s."),
        category="reminder",
        icon="clock",
    ),
    declare(
        "plan.invited_task_overdue",
        _("The day for what %(code)s names was %(due)s. The ward asks you how far it is."),
        category="reminder",
        icon="clock",
    ),
)
MOVED = declare(
    "plan.task_day_moved",
    _("Days off were announced: the last working day for task %(code)s is %(due)s now."),
    category="plan",
    icon="cal",
)
LATE = declare(
    "plan.task_late",
    _("Task %(code)s is still not done; its day was %(due)s."),
    category="plan",
    icon="warn",
)
ASSIGNED = declare(
    "plan.task_assigned", _("Your unit carries out task %(code)s."), category="plan", mail=Mail.ALWAYS
)
CO_OPERATES = declare("plan.task_co_operates", _("Your unit co-operates in task %(code)s."), category="plan")
INVITED = declare(
    "plan.task_invited",
    _("The ward asks your organisation to take part in what %(code)s names."),
    category="plan",
    mail=Mail.ALWAYS,
)
DUE_SET = declare(
    "plan.task_due_set", _("Task %(code)s is to be done by %(due)s."), category="plan", icon="cal"
)
INVITED_DUE_SET = declare(
    "plan.invited_task_due_set",
    _("The ward proposes %(due)s for what %(code)s names."),
    category="plan",
    icon="cal",
)
DUE_TAKEN = declare(
    "plan.task_due_taken", _("Task %(code)s has no due date any more."), category="plan", icon="cal"
)
INVITED_DUE_TAKEN = declare(
    "plan.invited_task_due_taken",
    _("The ward no longer names a day for what %(code)s names."),
    category="plan",
    icon="cal",
)
TAKEN_OFF = declare(
    "plan.task_taken_off", _("%(unit)s no longer has a part in task %(code)s."), category="plan", icon="x"
)
INVITED_TAKEN_OFF = declare(
    "plan.invited_task_taken_off",
    _("The ward no longer asks %(unit)s to take part in what %(code)s names."),
    category="plan",
    icon="x",
)
DROPPED = declare("plan.task_dropped", _("Task %(code)s is no longer needed."), category="plan", icon="x")
REOPENED = declare("plan.task_reopened", _("Task %(code)s is open again."), category="plan", icon="undo")
DONE = declare("plan.task_done", _("Task %(code)s is reported as done."), category="plan", icon="check")
URGED = declare(
    "plan.task_urged",
    _("You are asked to speed up task %(code)s. Answer with how far it is."),
    category="plan",
    mail=Mail.ALWAYS,
)
INVITED_URGED = declare(
    "plan.invited_task_urged",
    _("The ward would like to hear from you about %(code)s."),
    category="plan",
    mail=Mail.ALWAYS,
    icon="msg",
)
URGE_ANSWERED = declare(
    "plan.task_urge_answered", _("There is an answer about task %(code)s."), category="plan", icon="msg"
)
MENTIONED = declare(
    "plan.task_mentioned", _("A comment on task %(code)s calls upon you."), category="plan", icon="msg"
)
IN_CHARGE = declare(
    "plan.task_in_charge", _("You are in charge of task %(code)s."), category="plan", icon="user"
)
