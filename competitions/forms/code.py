"""Proving a mailbox: the address, then the code that was sent there."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vietnamese.text import nfc

from ..addresses import email_key
from ..codes import DIGITS


class AddressField(forms.EmailField):
    """An e-mail address that has a key of its own."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("E-mail address"))
        kwargs.setdefault(
            "error_messages",
            {
                "required": gettext_lazy("Type the e-mail address."),
                "invalid": gettext_lazy("This is no e-mail address. Type for example ten@thu.example."),
            },
        )
        super().__init__(**kwargs)

    def clean(self, value):
        value = nfc(super().clean(value))
        if value and not email_key(value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return value


class AddressForm(forms.Form):
    email = AddressField(
        help_text=gettext_lazy("The code goes there, later what becomes of the entry. Not shown to anybody."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code from the letter"),
        max_length=40,
        error_messages={"required": gettext_lazy("Type the code from the letter.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "otp", "maxlength": 12}
        ),
    )

    def clean_code(self):
        digits = "".join(c for c in self.cleaned_data["code"] if c.isdecimal() and c.isascii())
        if len(digits) != DIGITS:
            raise forms.ValidationError(
                _("The code has %(most)s figures; %(count)s were typed.")
                % {"most": DIGITS, "count": len(digits)},
                code="length",
            )
        return digits
