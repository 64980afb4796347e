"""Accounts: made from the roster by an administrator, closed and opened again, never deleted."""

import secrets

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trust import audit

from . import events
from .models import AccountChange, Staff, User
from .roles import Role, has_role
from .sign_in import sessions

# Without letters that are mistaken for others when read from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 5  # 20 letters of 31: 99 bits


def one_time_password():
    """A random password to be typed once from paper: four groups of five."""
    groups = ("".join(secrets.choice(_LETTERS) for _n in range(_GROUP_LENGTH)) for _g in range(_GROUPS))
    return "-".join(groups)


def log_values(actor, person, at, source=""):
    """What a log row keeps of both people, as values: it outlives them."""
    staff = Staff.objects.filter(user=person).first()
    return {
        "at": at,
        "actor": actor,
        "actor_name": actor.display_name if actor else source,
        "person": person,
        "person_name": staff.full_name if staff else person.display_name,
        "person_username": person.username,
        "person_staff_code": staff.staff_code if staff else "",
    }


def create_account(actor, staff, *, source=""):
    """Makes the account of a person on the roster. Returns (user, one-time password, told to nobody else).

    The user name is the staff code. Raises ValidationError when the person has an account or the name is
    taken by another.
    """
    _only_an_administrator(actor, source)
    password = one_time_password()
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(pk=staff.pk)
        if staff.user_id:
            raise ValidationError(_("This person already has an account."))
        if User.objects.filter(username__iexact=staff.staff_code).exists():
            raise ValidationError(
                _("The name %(name)s is taken by another account.") % {"name": staff.staff_code}
            )
        user = User(username=staff.staff_code, email=staff.email, must_change_password=True)
        user.full_clean(exclude=["password"])
        user.set_password(password)
        user.save()
        staff.user = user
        staff.save(update_fields=["user"])
        _log(actor, user, AccountChange.Kind.CREATED, source)
        audit.record("account.made", actor=actor, target=user)
    return user, password


def set_active(actor, user, active):
    """Closes or opens an account; False when it already was so. A closed one is signed out at once."""
    _only_an_administrator(actor)
    if actor.pk == user.pk:
        raise PermissionDenied(_("Nobody closes their own account. Another administrator can do it."))
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.is_active == active:
            return False
        locked.is_active, locked.asleep_since, locked.idle_warned_at = active, None, None
        locked.awake_since = timezone.now() if active else locked.awake_since
        locked.save(update_fields=["is_active", "asleep_since", "idle_warned_at", "awake_since"])
        _log(actor, locked, AccountChange.Kind.ENABLED if active else AccountChange.Kind.DISABLED)
        audit.record("account.opened" if active else "account.closed", actor=actor, target=locked)
        if not active:
            sessions.end(locked, why="closed")
    return True


def renew_password(actor, user):
    """A new one-time password for somebody who cannot receive mail; their open sessions end."""
    _only_an_administrator(actor)
    if actor.pk == user.pk:
        raise PermissionDenied(_("Change your own password on your account page."))
    password = one_time_password()
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.set_password(password)
        locked.must_change_password = True
        locked.save(update_fields=["password", "password_changed_at", "must_change_password"])
        _log(actor, locked, AccountChange.Kind.NEW_PASSWORD)
        audit.record("password.renewed", actor=actor, target=locked)
        sessions.end(locked, why="password_renewed")
    return password


def drop_second_factor(actor, user, *, source=""):
    """For somebody whose phone, key and recovery codes are gone: nothing of the second step is left, and
    their open sessions end. False when there was none. The owner is told."""
    _only_an_administrator(actor, source)
    if actor is not None and actor.pk == user.pk:
        raise PermissionDenied(_("Change your own second step on the page of your sign-in."))
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if not Authenticator.objects.filter(user=locked).delete()[0]:
            return False
        _log(actor, locked, AccountChange.Kind.FACTOR_DROPPED, source)
        audit.record("mfa.removed", actor=actor, target=locked, type="all")
        sessions.end(locked, why="factor_dropped")
        events.announce_account(events.FACTOR_REMOVED, [locked])
    return True


def _only_an_administrator(actor, source=""):
    if source and actor is None:  # a command on the server
        return
    if not has_role(actor, Role.ADMINISTRATOR):
        raise PermissionDenied(_("Only an administrator makes, closes and opens accounts."))


def _log(actor, user, change, source=""):
    AccountChange.objects.create(**log_values(actor, user, timezone.now(), source), change=change)
