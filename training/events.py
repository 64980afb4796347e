"""What training announces: declared once, told by the modules that cause it. By subject."""

from django.utils.translation import gettext_lazy as _

from notifications.events import Mail, declare

_TRAINING = {"category": "training"}
_ALWAYS = {"mail": Mail.ALWAYS}

# ---- sessions: to whoever has a seat or waits for one
CALLED_UP = declare(
    "training.called_up",
    _("You are called up to session %(code)s. See when and where"),
    **_TRAINING,
    **_ALWAYS,
    icon="cal",
)
CHANGED = declare(
    "training.changed",
    _("Session %(code)s: day, time or place changed. Look again"),
    **_TRAINING,
    **_ALWAYS,
    icon="cal",
)
CANCELLED = declare(
    "training.cancelled", _("Session %(code)s is cancelled. Do not come"), **_TRAINING, **_ALWAYS, icon="ban"
)
SEAT_GIVEN = declare(
    "training.seat_given",
    _("Session %(code)s: a seat became free and is yours. Please come"),
    **_TRAINING,
    **_ALWAYS,
    icon="check",
)
SEAT_TAKEN_BACK = declare(
    "training.seat_taken_back",
    _("You were taken off the list of session %(code)s. Look why"),
    **_TRAINING,
    **_ALWAYS,
    icon="user",
)
CONFIRMED = declare(
    "training.confirmed",
    _("Session %(code)s is confirmed. See what was noted for you"),
    **_TRAINING,
    icon="check",
)
REOPENED = declare(
    "training.reopened", _("The roll of session %(code)s is being corrected"), **_TRAINING, icon="edit"
)
SCAN_REFUSED = declare(
    "training.scan_refused",
    _("Session %(code)s: your scan was not accepted. Ask the organiser"),
    **_TRAINING,
    icon="warn",
)

# ---- sessions: to whoever runs them
OFF_LIST = declare(
    "training.off_list",
    _("Session %(code)s: somebody off the list waits to be accepted"),
    **_TRAINING,
    mail=Mail.NEVER,
    icon="user",
)
SESSION_MOVED = declare("training.session_moved", _("Session %(code)s changed"), **_TRAINING, quiet=True)

# ---- certificates
CERTIFIED = declare(
    "training.certified",
    _("Your certificate for session %(code)s is ready. Download it"),
    **_TRAINING,
    icon="award",
)
CERTIFICATE_REVOKED = declare(
    "training.certificate_revoked",
    _("Your certificate for session %(code)s is no longer valid. Look why"),
    **_TRAINING,
    **_ALWAYS,
    icon="warn",
)
