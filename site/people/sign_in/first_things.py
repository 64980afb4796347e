"""What stands between signing in and working: a password of one's own, then the second factor."""

from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from obligations.terms import add_months

from ..roles import Role, has_role
from . import second_factor


class First(StrEnum):
    """What comes first; the value is the name of its page."""

    PASSWORD = "account_change_password"  # noqa: S105
    FACTOR = "mfa_index"


def first_thing(user):
    """What this person must do before anything else opens; None when nothing stands in the way. No query for
    an account that came by StaffBackend, but for an administrator whose password has grown old."""
    if not user.is_authenticated or user.is_sample:
        return None
    if user.must_change_password or password_is_too_old(user):
        return First.PASSWORD
    return First.FACTOR if second_factor.is_missing(user) else None


def password_is_too_old(user, now=None):
    """An administrator's after ADMINISTRATOR_PASSWORD_MONTHS calendar months (legal.md §6.4). Whoever signs
    in by the city has none here that could grow old."""
    chosen = timezone.localdate(user.password_changed_at or user.date_joined)
    until = add_months(chosen, settings.ADMINISTRATOR_PASSWORD_MONTHS)
    if timezone.localdate(now) < until or not user.has_usable_password():
        return False
    return has_role(user, Role.ADMINISTRATOR)
