"""Taking a freeze or amending it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FreezeForm(forms.Form):
    """`former`: the version there is; then a reason is asked for. `seen` is the version before the person's
    eyes, 0 for none."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason of the amendment"),
        help_text=_(
            "What was found or corrected since, in a sentence. It stands in the freeze and its files."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data=None, *, former=None, typed=""):
        version = former.version if former else 0
        super().__init__(data, initial={"seen": version, "reason": typed})
        if former is None or (data is not None and data.get("seen") != str(version)):
            del self.fields["reason"]  # who saw another version is told so before anything else is asked
