"""What of accounts and sign-in goes into the audit trail: signals of Django and allauth, logs of accounts."""

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa import signals as mfa
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from trust.audit import record, register_action
from trust.audit.following import follow
from trust.audit.objects import by_field, register_object

from .models import AccountChange, CommendationChange, RoleChange, RosterUpload, Staff


def register():
    for code, kind, label in (
        ("signin.ok", "access", _("signed in")),
        ("signin.failed", "access", _("a sign-in failed")),
        ("signin.second_factor_failed", "access", _("a second factor was wrong")),
        ("session.ended", "access", _("signed out")),
        ("password.changed", "security", _("chose a new password")),
        ("mfa.added", "security", _("added a second factor")),
        ("mfa.removed", "security", _("removed a second factor")),
        ("mfa.reset", "security", _("made new recovery codes")),
        ("health.read", "access", _("read health reasons of an absence")),
        ("roster.uploaded", "application", _("handed in a roster workbook")),
        ("roster.closed", "application", _("wrote or dropped a roster workbook")),
    ):
        register_action(code, kind, label)
    follow(
        RoleChange,
        "people.role",
        _("a role was given or taken"),
        target="person",
        actor="actor",
        step=_role_step,
        kind="security",
    )
    follow(
        AccountChange,
        "people.account",
        _("an account was made, closed or opened"),
        target="person",
        actor="actor",
        step="change",
        words=_in_words,
        kind="security",
    )
    follow(
        CommendationChange,
        "people.commendation",
        _("a commendation was entered or withdrawn"),
        target="commendation",
        actor="actor",
        step="change",
        words=dict(CommendationChange.Kind.choices).get,
    )
    register_object("people.user", **by_field(get_user_model(), "username"))
    register_object("people.staff", **by_field(Staff, "staff_code"))
    _listen()


def _role_step(row):
    return f"{row.change}.{row.role}"


def _in_words(code):
    return dict(AccountChange.Kind.choices).get(code)


def _listen():
    for signal, receiver in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (user_login_failed, _failed),
        (mfa.authentication_failed, _second_factor_failed),
        (password_changed, _new_password),
        (password_reset, _new_password),
        (password_set, _new_password),
        (mfa.authenticator_added, _factor("mfa.added")),
        (mfa.authenticator_removed, _factor("mfa.removed")),
        (mfa.authenticator_reset, _factor("mfa.reset")),
    ):
        signal.connect(receiver, weak=False, dispatch_uid=f"audit-{id(signal)}")
    post_save.connect(_roster, sender=RosterUpload, dispatch_uid="audit-roster")


def _signed_in(sender, request, user, **kwargs):
    record("signin.ok", request=request, actor=user, target=user)


def _signed_out(sender, request, user, **kwargs):
    if user is not None:
        record("session.ended", request=request, actor=user, target=user)


def _failed(sender, credentials, request=None, **kwargs):
    """What was typed as the name is kept nowhere (it may be a password); whose account it names is."""
    typed = credentials.get("username") or credentials.get("email") or ""
    accounts = get_user_model().objects
    named = accounts.filter(username__iexact=typed) | accounts.filter(email__iexact=typed)
    record("signin.failed", request=request, target=named.first() if typed else None, outcome="failed")


def _second_factor_failed(sender, request, user, authenticator=None, **kwargs):
    kind = getattr(authenticator, "type", "")
    record(
        "signin.second_factor_failed",
        request=request,
        actor=user,
        target=user,
        outcome="failed",
        type=str(kind),
    )


def _new_password(sender, request, user, **kwargs):
    record("password.changed", request=request, actor=user, target=user)


def _factor(action):
    def note(sender, request, user, authenticator, **kwargs):
        record(action, request=request, target=user, type=str(authenticator.type))

    return note


def _roster(sender, instance, created, raw=False, **kwargs):
    if created:
        record("roster.uploaded", target=instance)
    elif instance.state != RosterUpload.State.PREVIEW:
        record(
            "roster.closed",
            target=instance,
            step=str(instance.state),
            created=instance.created,
            changed=instance.changed,
            skipped=instance.skipped,
        )
