"""Inviting somebody to the team."""

from django import forms
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer

from .. import reasons
from .code import AddressField


class InviteForm(forms.Form):
    full_name = TextAnswer(
        label=gettext_lazy("Full name"),
        max_length=120,
        required=True,
        error_messages={"required": gettext_lazy("Write the full name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = AddressField(
        help_text=gettext_lazy("A letter asks this person to join. They answer for themselves."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )

    def refuse(self, refusal):
        self.add_error(refusal.field or None, reasons.sentence(refusal))
