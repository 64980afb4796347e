"""What the personnel officer types about a commendation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import DayField
from vietnamese.text import nfc

from .commendations import SENTENCES
from .models import Commendation


def _text(label, help_text="", **more):
    return forms.CharField(
        label=label, help_text=help_text, error_messages={"required": _("Fill this in.")}, **more
    )


class CommendationForm(forms.Form):
    """A commendation as its decision says it."""

    year = forms.IntegerField(
        label=_("Year it is given for"),
        help_text=_("The year that was evaluated, for example 2026."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-short"}),
        error_messages={"required": _("Enter the year."), "invalid": _("Enter the year as four figures.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Commendation.Kind.choices, widget=forms.RadioSelect)
    title = _text(
        _("Title or form"),
        _("As the decision names it, for example: Chiến sĩ thi đua cơ sở."),
        max_length=200,
    )
    decision_number = _text(_("Decision number"), _("For example 45/QĐ-UBND."), max_length=60)
    decided_on = DayField(
        label=_("Decision date"),
        help_text=_("Day/month/year, for example 08/12/2026."),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Enter the date of the decision.")},
    )
    issued_by = _text(_("Issued by"), _("For example: Chủ tịch UBND phường Hưng Đạo."), max_length=200)

    def clean(self):
        cleaned = super().clean()
        return {name: nfc(value) if isinstance(value, str) else value for name, value in cleaned.items()}


class WithdrawCommendationForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": SENTENCES["reason_missing"]},
    )

    def clean_reason(self):
        return nfc(self.cleaned_data["reason"])
