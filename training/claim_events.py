"""What credits from outside and exemptions announce. No names, no reasons: those are read behind the door."""

from django.utils.translation import gettext_lazy as _

from notifications.events import Mail, declare

_TRAINING = {"category": "training"}

CREDIT_TO_VERIFY = declare(
    "training.credit_to_verify", _("A course taken elsewhere waits to be verified"), **_TRAINING, icon="grad"
)
CREDIT_VERIFIED = declare(
    "training.credit_verified",
    _("A course taken elsewhere was verified and counts"),
    **_TRAINING,
    mail=Mail.ALWAYS,
    icon="ok",
)
CREDIT_REFUSED = declare(
    "training.credit_refused",
    _("A course taken elsewhere was not accepted. Read why"),
    **_TRAINING,
    mail=Mail.ALWAYS,
    icon="warn",
)
EXEMPTION_TO_APPROVE = declare(
    "training.exemption_to_approve", _("A request for exemption waits for approval"), **_TRAINING, icon="file"
)
EXEMPTION_ANSWERED = declare(
    "training.exemption_answered",
    _("A request for exemption was answered"),
    **_TRAINING,
    mail=Mail.ALWAYS,
    icon="file",
)
