"""Forms of complaints and of the documents the secretary attaches."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from trust.uploads import CheckedFileField

from ..files import SCAN
from ..models import ComplaintOutcome
from ..reasons import words_of
from .parts import DayField, StepForm, WordsField


class FileComplaintForm(StepForm):
    """By an author: the words alone. Recorded for them: who complains and the day the paper arrived too."""

    complainant = forms.ChoiceField(
        label=gettext_lazy("The author who complains"),
        widget=forms.RadioSelect,
        error_messages={
            "required": words_of("complainant_missing"),
            "invalid_choice": words_of("complainant_missing"),
        },
    )
    filed_on = DayField("receipt_date_missing", label=gettext_lazy("Day the complaint was received"))
    text = WordsField(
        "complaint_text_missing",
        label=gettext_lazy("What the complaint says"),
        help_text=gettext_lazy("What in the decision is wrong, and what it should be."),
        rows=8,
    )

    def __init__(self, *args, for_author, **kwargs):
        self.for_author = for_author
        super().__init__(*args, **kwargs)

    def fit(self):
        if not self.for_author:
            del self.fields["complainant"], self.fields["filed_on"]
            return
        names = [author.full_name for author in self.initiative.authors.all()]
        self.fields["complainant"].choices = [(name, name) for name in names]
        self.fields["filed_on"].initial = timezone.localdate()


class TakeUpForm(StepForm):
    is_complex = forms.BooleanField(label=gettext_lazy("Complex case: 45 days instead of 30"), required=False)


class SettleForm(StepForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[
            (ComplaintOutcome.ACCEPTED, gettext_lazy("Accepted: the dossier can be considered again")),
            (ComplaintOutcome.REJECTED, gettext_lazy("Rejected: the decision stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": words_of("complaint_outcome_missing")},
    )
    answer = WordsField(
        "complaint_answer_missing",
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("The author will read it."),
        rows=8,
    )


class AttachForm(forms.Form):
    """A signed document that belongs to the procedure, not to the authors' evidence."""

    KINDS = [
        ("superior_approval", gettext_lazy("Approval of the superior body")),
        ("merge_consent", gettext_lazy("All authors' consent to a merger")),
    ]
    kind = forms.ChoiceField(label=gettext_lazy("Kind of document"), choices=KINDS, widget=forms.RadioSelect)
    file = CheckedFileField(
        policy=SCAN,
        label=gettext_lazy("Signed document"),
        help_text=gettext_lazy("PDF, JPG or PNG, at most 20 MB."),
    )
