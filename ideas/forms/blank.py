"""What the clerk types to find the draft of a paper form."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FormCodeForm(forms.Form):
    ma = forms.CharField(
        label=_("Code of the form"),
        help_text=_("In the upper left corner of the paper form, for example K7QM-4TXD."),
        max_length=40,
        error_messages={"required": _("Type the code that stands on the paper form.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
