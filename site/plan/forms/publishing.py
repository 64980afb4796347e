from django import forms
from django.utils.translation import gettext_lazy as _

NOTE = 500


class PublicationForm(forms.Form):
    """`seen` stands for the figures on the page."""

    note = forms.CharField(
        label=_("Note to the readers"),
        required=False,
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example what was put right since the last publication. No names of people."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
