"""What organisers type about judging."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scoring.forms import CommentField


class ShortlistForm(forms.Form):
    """Who of those that tie at the edge goes on, and why; nothing to choose where nobody ties."""

    chosen = forms.MultipleChoiceField(
        label=_("Entries that tie at the edge and go on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = CommentField(label=_("Reason of the choice"), max_length=500)

    def __init__(self, edge, data=None, **kwargs):
        super().__init__(data, **kwargs)
        if not edge.tied:
            self.fields["chosen"].widget = forms.MultipleHiddenInput()
            self.fields["reason"].widget = forms.HiddenInput()
        self.fields["chosen"].choices = [(code, code) for code in edge.tied]
        self.fields["reason"].required = bool(edge.tied)
        self.fields["reason"].error_messages["required"] = _("Write the reason.")
