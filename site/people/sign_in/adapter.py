"""allauth's questions, answered for an office: nobody registers, wrong tries count, mail goes by the
outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import headed_redirect_response
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from notifications import outbox
from trust import audit

from . import second_factor, sleeping, tries
from .backend import account_of

_MISMATCH = _(
    "The user name or the password is not right. After five wrong tries signing in pauses, longer each time."
)


def paused(minutes):
    """The error of a paused name, alike whether there is such an account."""
    words = ngettext(
        "There were too many wrong tries. Try again in %(minutes)s minute; until then the right password "
        "does not help.",
        "There were too many wrong tries. Try again in %(minutes)s minutes; until then the right password "
        "does not help.",
        minutes,
    )
    return ValidationError(words % {"minutes": minutes}, code="paused")


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator from the roster; nobody registers by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _MISMATCH,
        "email_password_mismatch": _MISMATCH,
    }

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return request.session.pop(second_factor.WANTED, None) or resolve_url(settings.LOGIN_REDIRECT_URL)

    # ---- wrong tries

    def pre_authenticate(self, request, **credentials):
        """Of one address at most ACCOUNT_RATE_LIMITS; of one name or account as people.sign_in.tries has
        it."""
        self._login_failed_rl_usage = ratelimit.consume(request, app="allauth.account", action="login_failed")
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")
        name = credentials.get("username") or credentials.get("email") or ""
        self._named = account_of(name)
        self._try = tries.take(name, self._named)
        if self._try.paused_minutes:
            audit.record("signin.paused", request=request, target=self._named, outcome="refused")
            raise paused(self._try.paused_minutes)

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user and self._try.is_void:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def _rollback_login_failed_rl_usage(self):
        if not self._try.is_void:
            super()._rollback_login_failed_rl_usage()
            self._try.give_back()

    def authentication_failed(self, request, **credentials):
        audit.record("signin.failed", request=request, target=self._named, outcome="failed", step="password")

    def respond_user_inactive(self, request, user):
        """Whoever comes here has typed the right password, or was vouched for."""
        audit.record("signin.failed", request=request, target=user, outcome="refused", step="closed")
        if user.asleep_since:
            sleeping.send_letter(user)
            return headed_redirect_response("own:asleep")
        return headed_redirect_response("account_inactive")

    # ---- what needs a fresh proof

    def is_reauthentication_required(self, *, app, **kwargs):
        """Setting up a required second factor straight after signing in asks for nothing twice. Who has
        neither password nor factor signs in anew where the account is known from."""
        if app == "allauth.mfa" and second_factor.is_being_set_up(context.request):
            return False
        if not super().get_reauthentication_methods(context.request.user):
            return not second_factor.signed_in_just_now(context.request)
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        if methods or not settings.OIDC_ISSUER:
            return methods
        return [{"id": "oidc", "description": settings.OIDC_NAME, "url": reverse("own:oidc")}]

    # ---- mail

    def send_mail(self, template_prefix, email, context):
        """Queued, never sent here: a slow mail server would hold the page, and its time would tell whether
        the address is known."""
        message = self.render_mail(
            template_prefix, email, {"request": self.request, "email": email, **context}
        )
        outbox.post_plain(message.to[0], message.subject, message.body)

    def format_email_subject(self, subject):
        return subject
