"""One decision about several initiatives: which ones, and the number, day and file of the signed paper."""

from django import forms
from django.utils.translation import gettext_lazy

from config.forms import DayField
from trust.uploads import CheckedFileField

from ..files import SIGNED


class RecogniseManyForm(forms.Form):
    initiatives = forms.ModelMultipleChoiceField(
        None,
        to_field_name="code",
        label=gettext_lazy("Initiatives of this decision"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Tick the initiatives the decision recognises."),
            "invalid_choice": gettext_lazy("%(value)s no longer waits for a decision. Look again."),
        },
    )
    number = forms.CharField(
        label=gettext_lazy("Decision number"),
        help_text=gettext_lazy("As on the signed paper, for example 468/QĐ-UBND."),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter the number of the signed decision.")},
    )
    decided_on = DayField(
        label=gettext_lazy("Decision date"),
        help_text=gettext_lazy("Day/month/year, for example 08/12/2026."),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the date of the signed decision.")},
    )
    file = CheckedFileField(
        policy=SIGNED,
        label=gettext_lazy("Signed decision"),
        help_text=gettext_lazy(
            "PDF, at most 20 MB. It is kept unchanged with its check code. "
            "If something is corrected on this page, choose the file again."
        ),
        error_messages={"required": gettext_lazy("Choose the signed decision as a PDF.")},
    )
    mark_optional = False

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["initiatives"].queryset = waiting

    @property
    def ticked(self):
        """Codes ticked when the form was sent, for drawing it again."""
        return set(self.data.getlist("initiatives")) if self.is_bound else set()
