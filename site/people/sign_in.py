"""How people sign in: allauth, closed registration."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import LoginForm
from allauth.account.signals import password_changed, password_reset, password_set
from django.conf import settings
from django.contrib.auth import get_user_model
from django.dispatch import receiver
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator from the roster; nobody registers by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "email_password_mismatch": _("The user name or the password is not right."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return resolve_url(settings.LOGIN_REDIRECT_URL)


class StaffBackend(AuthenticationBackend):
    """Signs in by user name or e-mail; nearly every page asks for the person's row on the roster, so it comes
    with the account."""

    def get_user(self, user_id):
        user = get_user_model().objects.select_related("staff").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class StaffLoginForm(LoginForm):
    """allauth's form in the office's words, without placeholders standing in for labels."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].help_text = _(
            "Usually the staff code, for example HD-0007. The e-mail works too."
        )
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Stay signed in on this computer")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


@receiver([password_changed, password_reset, password_set], dispatch_uid="people-new-password")
def own_password_chosen(sender, request, user, **kwargs):
    """The one-time password is gone: nothing stands in the way any more."""
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
