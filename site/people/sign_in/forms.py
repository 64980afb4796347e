"""allauth's forms in the office's words."""

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trust import audit

from . import adapter, tries


class StaffLoginForm(LoginForm):
    """Without placeholders standing in for labels. `other_way`: (name, address) of the city's sign-in, or
    None."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].help_text = _(
            "Usually the staff code, for example HD-0007. The e-mail works too."
        )
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @property
    def other_way(self):
        if not settings.OIDC_ISSUER:
            return None
        return settings.OIDC_NAME, reverse("own:oidc")


class NewPasswordForm(ChangePasswordForm):
    """A new password is a new one: what was given, or has grown old, is not chosen again."""

    def clean_password1(self):
        chosen = self.cleaned_data["password1"]
        if self.user.check_password(chosen):
            raise ValidationError(_("This is the password you have now. Choose another one."), code="same")
        return chosen


class _Counted:
    """Wrong codes of the second step count as wrong passwords do, of that account."""

    def clean_code(self):
        self._try = tries.take(tries.second_step_name(self.user), self.user)
        if self._try.paused_minutes or self._try.is_void:
            audit.record("signin.paused", request=context.request, target=self.user, outcome="refused")
            raise adapter.paused(self._try.paused_minutes or tries.PAUSES[0])
        code = super().clean_code()
        self._try.give_back()
        return code


class SecondStepForm(_Counted, AuthenticateForm):
    pass


class SecondStepAgainForm(_Counted, ReauthenticateForm):
    pass
