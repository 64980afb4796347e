"""What happens around signing in is recorded, and told to whom it concerns."""

from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trust import audit

from .. import events
from ..facts import forget
from ..models import SignInTries, User
from . import second_factor, sessions, tries

ACTIONS = [
    ("signin.ok", "access", _("Signed in")),
    ("signin.failed", "security", _("Sign-in failed")),
    ("signin.paused", "security", _("Sign-in refused during a pause after wrong tries")),
    ("session.ended", "access", _("Sign-in ended")),
    ("password.changed", "security", _("Password changed")),
    ("password.renewed", "security", _("One-time password given")),
    ("mfa.added", "security", _("Second step added")),
    ("mfa.removed", "security", _("Second step removed")),
    ("mfa.reset", "security", _("Recovery codes made anew")),
    ("identity.linked", "security", _("Account opened through another sign-in for the first time")),
    ("account.made", "security", _("Account made")),
    ("account.closed", "security", _("Account closed")),
    ("account.opened", "security", _("Account opened again")),
    ("account.asleep", "security", _("Account closed because it was not used")),
    ("account.awake", "security", _("Account opened again by its owner")),
    ("account.letter", "security", _("Letter to open an unused account sent")),
    ("role.granted", "security", _("Role given")),
    ("role.revoked", "security", _("Role taken back")),
]


def register_actions():
    for code, kind, label in ACTIONS:
        audit.register_action(code, kind, label)


@receiver(user_logged_in, dispatch_uid="people-signed-in")
def signed_in(sender, request, user, sociallogin=None, **kwargs):
    tries.forget(user)
    if user.idle_warned_at:
        User.objects.filter(pk=user.pk).update(idle_warned_at=None)
    way = "oidc" if sociallogin else "password"
    audit.record(
        "signin.ok", request=request, actor=user, target=user, way=way, second=second_factor.has_one(user)
    )


@receiver([password_changed, password_reset, password_set], dispatch_uid="people-new-password")
def own_password_chosen(sender, request, user, **kwargs):
    """The one-time password is gone, nothing stands in the way any more; other sign-ins end, with their
    sockets."""
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
    with transaction.atomic():
        audit.record("password.changed", request=request, actor=user, target=user)
        here = request.session.session_key if request.user.is_authenticated else None
        sessions.end(user, but=here, request=request, why="password_changed")
        events.announce_account(events.PASSWORD_CHANGED, [user])


@receiver(authentication_failed, dispatch_uid="people-wrong-code")
def wrong_code(sender, request, user, **kwargs):
    audit.record("signin.failed", request=request, target=user, outcome="failed", step="second")


@receiver(authenticator_added, dispatch_uid="people-factor-added")
def factor_added(sender, request, user, authenticator, **kwargs):
    forget(user, second_factor.HAS_ONE)
    if authenticator.type not in second_factor.MAIN:
        return
    with transaction.atomic():
        audit.record("mfa.added", request=request, actor=user, target=user, type=authenticator.type)
        events.announce_account(events.FACTOR_ADDED, [user])


@receiver(authenticator_removed, dispatch_uid="people-factor-removed")
def factor_removed(sender, request, user, authenticator, **kwargs):
    """Without its last factor an account is kept by its password alone, which may be too short for that."""
    forget(user, second_factor.HAS_ONE)
    if authenticator.type not in second_factor.MAIN:
        return
    with transaction.atomic():
        if not second_factor.has_one(user) and user.has_usable_password() and not user.is_sample:
            user.must_change_password = True
            user.save(update_fields=["must_change_password"])
        audit.record("mfa.removed", request=request, actor=user, target=user, type=authenticator.type)
        events.announce_account(events.FACTOR_REMOVED, [user])


@receiver(authenticator_reset, dispatch_uid="people-codes-anew")
def codes_anew(sender, request, user, **kwargs):
    audit.record("mfa.reset", request=request, actor=user, target=user)


def tell_of_wrong_tries(now=None):
    """From the worker, not from the request: the time a wrong try takes says nothing about the name."""
    now = now or timezone.now()
    due = SignInTries.objects.filter(account__isnull=False, told_at=None, count__gte=tries.MOST)
    with transaction.atomic():
        rows = list(due.select_for_update(of=("self",)).order_by("pk"))
        if not rows:
            return
        SignInTries.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
        events.announce_account(events.WRONG_TRIES, [row.account_id for row in rows])
