"""What competitions announce: declared once. Texts carry a code, never a title, a name or a score."""

from django.utils.translation import gettext_lazy as _

from notifications.events import Mail, declare

_COMPETITION = {"category": "competition"}
_ALWAYS = {"mail": Mail.ALWAYS}

# ---- to whoever is in an entry
SUBMITTED = declare(
    "competitions.submitted", _("Entry %(code)s was handed in"), **_COMPETITION, **_ALWAYS, icon="send"
)
RESUBMITTED = declare(
    "competitions.resubmitted",
    _("The new version of entry %(code)s was handed in"),
    **_COMPETITION,
    **_ALWAYS,
    icon="send",
)
TAKEN_LATE = declare(
    "competitions.submitted_late",
    _("Entry %(code)s was taken in after the close"),
    **_COMPETITION,
    **_ALWAYS,
    icon="send",
)
WITHDRAWN = declare(
    "competitions.withdrawn", _("Entry %(code)s was withdrawn"), **_COMPETITION, **_ALWAYS, icon="ok"
)
REFUSED = declare(
    "competitions.refused",
    _("Entry %(code)s was not admitted. Read why"),
    **_COMPETITION,
    **_ALWAYS,
    icon="warn",
)
REINSTATED = declare(
    "competitions.reinstated", _("Entry %(code)s takes part again"), **_COMPETITION, **_ALWAYS, icon="ok"
)
OF_STEPS = {
    "submit": SUBMITTED,
    "submit_at_end": SUBMITTED,
    "resubmit": RESUBMITTED,
    "submit_late": TAKEN_LATE,
    "withdraw": WITHDRAWN,
    "refuse": REFUSED,
    "reinstate": REINSTATED,
}

# ---- to organisers
ENTRIES_CHANGED = declare(
    "competitions.entries_changed",
    _("Something changed among the entries of %(code)s"),
    **_COMPETITION,
    quiet=True,
)

# ---- the public vote
VOTES_COUNTED = declare(
    "competitions.votes_counted",
    _("The public vote of %(code)s is over and counted"),
    **_COMPETITION,
    icon="ok",
)
VOTES_VOIDED = declare(
    "competitions.votes_voided",
    _("Votes of %(code)s were voided and the count was made anew"),
    **_COMPETITION,
    icon="warn",
)
