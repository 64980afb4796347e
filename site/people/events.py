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


WRONG_TRIES = declare(
    "people.wrong_tries",
    _(
        "Somebody tried five times in a row to sign in as you and failed; signing in now pauses between "
        "tries. Was it not you? See where you are signed in and change your password"
    ),
    category="account",
    mail=Mail.ALWAYS,
    icon="warn",
)
PASSWORD_CHANGED = declare(
    "people.password_changed",
    _("The password of your account was changed. Was it not you? Tell the administrator at once"),
    category="account",
    mail=Mail.ALWAYS,
    icon="key",
)
FACTOR_ADDED = declare(
    "people.factor_added",
    _("A second step was added to your sign-in. Was it not you? Tell the administrator at once"),
    category="account",
    mail=Mail.ALWAYS,
    icon="lock",
)
FACTOR_REMOVED = declare(
    "people.factor_removed",
    _("A second step was removed from your sign-in. Was it not you? Tell the administrator at once"),
    category="account",
    mail=Mail.ALWAYS,
    icon="lock",
)
IDENTITY_LINKED = declare(
    "people.identity_linked",
    _(
        "Your account was opened through another sign-in for the first time. Was it not you? Tell "
        "the administrator"
    ),
    category="account",
    mail=Mail.ALWAYS,
    icon="key",
)
SLEEPS_SOON = declare(
    "people.sleeps_soon",
    _("Your account has not been used for long and is closed on %(day)s. Sign in before, and it stays open"),
    category="account",
    mail=Mail.ALWAYS,
    icon="clock",
)
ASLEEP = declare(
    "people.asleep",
    _("Your account was closed because it was not used. You open it again yourself, by a letter with a link"),
    category="account",
    mail=Mail.ALWAYS,
    icon="lock",
)


def announce_account(event, people, **params):
    """Tells the owners of accounts something about them; the page is where they look after their sign-in."""
    announce(event, people, link=reverse("own:security"), **params)


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
