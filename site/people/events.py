"""What people announce: roles. No name, code or reason leaves the portal: the link leads to the details."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.events import Mail, announce, declare

ROLE_GRANTED = declare(
    "people.role_granted",
    _("You now have the role: %(role)s."),
    category="account",
    mail=Mail.ALWAYS,
    icon="key",
)
ROLE_REVOKED = declare(
    "people.role_revoked",
    _("You no longer have the role: %(role)s."),
    category="account",
    mail=Mail.ALWAYS,
    icon="key",
)
ROLE_GRANTED_TO_SOMEBODY = declare(
    "people.role_granted_to_somebody",
    _("The role %(role)s was given to somebody. See the log of roles."),
    category="account",
    icon="key",
)
ROLE_REVOKED_FROM_SOMEBODY = declare(
    "people.role_revoked_from_somebody",
    _("The role %(role)s was taken from somebody. See the log of roles."),
    category="account",
    icon="key",
)


def announce_role(own, person, watched, watchers, *, role):
    """Tells the person, then whoever watches; the caller holds all their rows locked."""
    announce(own, [person], link=reverse("people:my_account"), role=role)
    if watchers:
        announce(watched, watchers, link=reverse("people:role_changes"), role=role)


COMMENDED = declare(
    "people.commended",
    _("A commendation was entered into your record. See your yearly extract"),
    category="account",
    icon="award",
)
COMMENDATION_WITHDRAWN = declare(
    "people.commendation_withdrawn",
    _("A commendation in your record was withdrawn. See your yearly extract"),
    category="account",
    icon="undo",
)


def announce_commendation(event, staff):
    """Tells the person, if they have an account."""
    if staff.user_id:
        announce(event, [staff.user_id], link="/dao-tao/ho-so/")
