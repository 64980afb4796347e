"""Forms of the public vote."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trust.consents import purpose_of

from ..consenting import VOTE
from ..models import Vote


class VoteForm(forms.Form):
    """The consent a vote rests on: never ticked beforehand."""

    consent = forms.BooleanField(
        label=pgettext_lazy("voting", "I agree to this"),
        error_messages={"required": _("Without this consent the vote cannot be counted. Tick it to vote.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].help_text = purpose_of(VOTE).text


class VoidForm(forms.Form):
    """Why the chosen votes do not count."""

    reason = forms.CharField(
        label=pgettext_lazy("votes", "Why these votes do not count"),
        help_text=_("Kept in the log of the competition with your name. At most 500 characters."),
        max_length=Vote._meta.get_field("void_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason.")},
    )
