from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code as a person types it; `codes.typed` decides what it is."""

    ma = forms.CharField(
        label=_("The 8-character code on the paper"),
        help_text=_(
            "At the bottom left, beside the QR code. Capital or small letters, with or without the dash."
        ),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
