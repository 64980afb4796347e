"""Number, date and signed file of an official paper; which dossiers a draft decision is about."""

from django import forms
from django.utils.translation import gettext_lazy

from config.forms import DayField
from trust.uploads import CheckedFileField
from vietnamese.text import nfc

from ..files import SIGNED
from ..reasons import words_of


class PaperForm(forms.Form):
    """What is entered once a paper is signed. What stands already is replaced only with a reason.

    `seen` is the version of the registered paper the page was drawn from.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    number = forms.CharField(
        label=gettext_lazy("Number of the paper"),
        max_length=60,
        error_messages={"required": words_of("paper_number_missing")},
    )
    issued_on = DayField(
        label=gettext_lazy("Date of the paper"),
        help_text=gettext_lazy("Day/month/year, for example 08/12/2026."),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": words_of("paper_date_missing")},
    )
    file = CheckedFileField(
        policy=SIGNED,
        label=gettext_lazy("Signed file"),
        help_text=gettext_lazy(
            "PDF, at most 20 MB. It is kept unchanged with its check code. "
            "If something is corrected on this page, choose the file again."
        ),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is replaced"),
        help_text=gettext_lazy("What stood before stays in the log with this reason."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": words_of("reason_missing")},
    )

    def __init__(self, data=None, files=None, *, offer, proposed=""):
        paper = offer.paper
        initial = {"seen": paper.edit_version if paper else 0}
        initial |= {"number": paper.number, "issued_on": paper.issued_on} if paper else {"number": proposed}
        super().__init__(data, files, initial=initial)
        self.fields["number"].help_text = gettext_lazy("As on the signed paper, for example %(number)s.") % {
            "number": proposed
        }
        if not offer.kind.series:
            del self.fields["number"]
        if paper is None:
            del self.fields["reason"]

    def clean_reason(self):
        return nfc(self.cleaned_data["reason"])

    def typed(self):
        """What goes to the register, without the file, which is stored apart."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return values | {"seen": values.get("seen") or 0}


class DraftDecisionForm(forms.Form):
    """Which of the dossiers that wait one draft decision is about; all of them unless some are named."""

    ma = forms.ModelMultipleChoiceField(
        None,
        to_field_name="code",
        label=gettext_lazy("Initiatives of this decision"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Tick the initiatives the decision recognises."),
            "invalid_choice": gettext_lazy("%(value)s no longer waits for a decision. Look again."),
        },
    )

    def __init__(self, data=None, *, waiting):
        super().__init__(data)
        self.fields["ma"].queryset = waiting
        self.fields["ma"].label_from_instance = lambda one: f"{one.code}: {one.title}"
        self.initial["ma"] = [initiative.code for initiative in waiting]
