"""The steps of the workflow as pages: what each is called, what follows from it, what it asks for.

The registry `STEPS` says it all; `ideas.views.dossier.step` only carries it out. What may be done is asked of
`ideas.workflow`; a form checks no more than that something readable was typed.
"""

from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obligations.terms import term_of_months

from ..lifecycle import SUPPLEMENT_MONTHS
from ..models import Initiative
from ..reasons import words_of
from .decision import CorrectForm, DeclineForm, RecogniseForm, RevokeForm
from .parts import DayField, StepForm, WordsField


class PlainForm(StepForm):
    """A step that asks for nothing."""


class SupplementForm(StepForm):
    reason = WordsField(
        "reason_missing",
        label=gettext_lazy("What is missing"),
        help_text=gettext_lazy("The author reads this. Name each item and what it should hold."),
    )


class AcceptForm(StepForm):
    reason = WordsField(
        "reason_missing",
        label=gettext_lazy("Why the check took longer"),
        help_text=gettext_lazy("The month to check is over. The reason stays in the history."),
        required=False,
    )

    def fit(self):
        due = self.initiative.formality_due_on
        if not (due and timezone.localdate() > due):
            del self.fields["reason"]


class RefuseForm(StepForm):
    public_reason = WordsField(
        "public_reason_missing",
        label=gettext_lazy("Reason of the refusal"),
        help_text=gettext_lazy("The author reads this and may complain about it within 90 days."),
    )


class LateAcceptForm(StepForm):
    reason = WordsField(
        "reason_missing",
        label=gettext_lazy("Why it is taken up after the term"),
        help_text=gettext_lazy("The reason stays in the history; the authors are told."),
    )


class ReopenForm(StepForm):
    reason = WordsField(
        "reason_missing",
        label=gettext_lazy("Why scoring is reopened"),
        help_text=gettext_lazy("The members read this. Write no points."),
    )
    sheets = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Sheets to give back"),
        help_text=gettext_lazy("The members named can change their sheet; the others stay as sent."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def fit(self):
        field = self.fields["sheets"]
        field.queryset = (
            self.initiative.sheets.current().filter(state="submitted").select_related("seat", "staff")
        )
        field.label_from_instance = lambda sheet: f"{sheet.seat.number}. {sheet.staff.full_name}"
        self.has_open_sheets = any(sheet.is_open for sheet in self.initiative.current_sheets)

    def clean_sheets(self):
        chosen = self.cleaned_data["sheets"]
        if not chosen and not self.has_open_sheets:
            raise forms.ValidationError(
                _("Choose at least one sheet: otherwise nobody has anything to write.")
            )
        return chosen

    def brought(self):
        data = super().brought()
        return {**data, "sheets": [sheet.pk for sheet in data["sheets"]]}


class CompleteAgainForm(StepForm):
    reason = WordsField(
        "reason_missing",
        label=gettext_lazy("What is to be completed"),
        help_text=gettext_lazy("The author reads this. Keep points and members' names out of it."),
    )
    due_on = DayField("due_date_missing", label=gettext_lazy("To be completed by"))

    def fit(self):
        self.fields["due_on"].initial = term_of_months(timezone.localdate(), SUPPLEMENT_MONTHS)


class ReconsiderForm(StepForm):
    reason = WordsField(
        "reason_missing",
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What in the accepted complaint makes the dossier be considered again."),
    )


class WithdrawForm(StepForm):
    reason = WordsField("reason_missing", label=gettext_lazy("Reason of the withdrawal"))


class HandOverForm(StepForm):
    new_main_author = forms.ModelChoiceField(
        None,
        label=gettext_lazy("The co-author who takes over"),
        help_text=gettext_lazy("Ask them first. All co-authors confirm their shares anew."),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": words_of("new_main_author_missing"),
            "invalid_choice": words_of("new_main_author_missing"),
        },
    )
    reason = WordsField("reason_missing", label=gettext_lazy("Reason"))

    def fit(self):
        self.fields["new_main_author"].queryset = self.initiative.authors.filter(
            is_main=False, staff__isnull=False
        )

    def brought(self):
        data = super().brought()
        return {**data, "new_main_author": data["new_main_author"].pk}


class MergeForm(StepForm):
    surviving = forms.CharField(
        label=gettext_lazy("Code of the dossier that goes on"),
        help_text=gettext_lazy("For example SK-2026-HD15."),
        max_length=20,
        error_messages={"required": words_of("surviving_missing")},
    )
    reason = WordsField("reason_missing", label=gettext_lazy("Reason"))

    def clean_surviving(self):
        """Only a dossier the secretary may open: a typed code tells nobody what else there is."""
        code = self.cleaned_data["surviving"].strip().upper()
        surviving = Initiative.objects.visible_to(self.user).filter(code=code).first()
        if surviving is None:
            raise forms.ValidationError(_("No dossier has this code. Check the year and the number."))
        return surviving


@dataclass(frozen=True)
class Step:
    """One step as a page. `button` opens it on the dossier's page, `action` carries it out.

    `part` names a template with what this step shows besides its form.
    """

    title: str
    happens: str
    button: str
    action: str
    form: type[StepForm] = PlainForm
    is_danger: bool = False
    note: str = ""  # under the button on the dossier's page
    part: str = ""


STEPS = {
    "accept": Step(
        gettext_lazy("Accept the dossier"),
        gettext_lazy(
            "The dossier is accepted as of today and the three months to decide start. The authors are told."
        ),
        gettext_lazy("Accept the dossier"),
        gettext_lazy("Accept"),
        AcceptForm,
    ),
    "request_supplement": Step(
        gettext_lazy("Request a supplement"),
        gettext_lazy("The author gets the dossier back and has one month to complete it."),
        gettext_lazy("Request a supplement"),
        gettext_lazy("Send the request"),
        SupplementForm,
        note=gettext_lazy("The author has one month to complete it."),
    ),
    "refuse": Step(
        gettext_lazy("Refuse the dossier"),
        gettext_lazy(
            "The dossier is closed and stays in the register with its reason. "
            "The authors are told and may complain within 90 days."
        ),
        gettext_lazy("Refuse the dossier…"),
        gettext_lazy("Refuse"),
        RefuseForm,
        is_danger=True,
        note=gettext_lazy("A reason is needed; the author will read it."),
    ),
    "late_accept": Step(
        gettext_lazy("Take up after the term"),
        gettext_lazy(
            "The dossier counts as submitted again and a new month to check it starts. The authors are told."
        ),
        gettext_lazy("Take up after the term"),
        gettext_lazy("Take up again"),
        LateAcceptForm,
    ),
    "start_evaluation": Step(
        gettext_lazy("Start scoring"),
        gettext_lazy(
            "Each seat below gets an empty sheet and its holder is told. "
            "Nobody sees another's sheet before scoring is closed."
        ),
        gettext_lazy("Start scoring"),
        gettext_lazy("Start scoring"),
        part="ideas/dossier/part_seats.html",
    ),
    "close_evaluation": Step(
        gettext_lazy("Close scoring"),
        gettext_lazy(
            "The result is computed from the sheets that are in and frozen with its check code. "
            "Sheets that are not handed in are not counted."
        ),
        gettext_lazy("Close scoring"),
        gettext_lazy("Close scoring"),
        part="ideas/dossier/part_sheets.html",
    ),
    "reopen_evaluation": Step(
        gettext_lazy("Reopen scoring"),
        gettext_lazy(
            "The sheets you name go back to their members. The result kept so far stays in the register; "
            "a new one is frozen at the next close."
        ),
        gettext_lazy("Reopen scoring…"),
        gettext_lazy("Reopen scoring"),
        ReopenForm,
        is_danger=True,
    ),
    "complete_again": Step(
        gettext_lazy("Ask for completion after scoring"),
        gettext_lazy(
            "The author gets the dossier back. "
            "Once it is completed the council scores the new version on new sheets."
        ),
        gettext_lazy("Ask for completion"),
        gettext_lazy("Send the request"),
        CompleteAgainForm,
    ),
    "recognise": Step(
        gettext_lazy("Recognise the initiative"),
        gettext_lazy(
            "Sign on the ward's document system first, then enter number, date and the signed file here. "
            "Each author gets a certificate, the authors are told, "
            "and the initiative goes on the public page."
        ),
        gettext_lazy("Recognise"),
        gettext_lazy("Record the decision"),
        RecogniseForm,
    ),
    "decline": Step(
        gettext_lazy("Do not recognise the initiative"),
        gettext_lazy(
            "The dossier is closed and stays in the register with its reason. "
            "The authors are told and may complain within 90 days."
        ),
        gettext_lazy("Do not recognise…"),
        gettext_lazy("Record the decision"),
        DeclineForm,
        is_danger=True,
        note=gettext_lazy("A reason is needed; the author will read it."),
    ),
    "reconsider": Step(
        gettext_lazy("Consider again"),
        gettext_lazy(
            "The complaint was accepted: a refused dossier is checked anew, "
            "one that was not recognised or whose recognition was revoked is scored anew on new sheets."
        ),
        gettext_lazy("Consider again"),
        gettext_lazy("Consider again"),
        ReconsiderForm,
    ),
    "correct": Step(
        gettext_lazy("Correct the recognition"),
        gettext_lazy(
            "Every author gets a new certificate from the data as they stand now; "
            "the old code then says that it was replaced."
        ),
        gettext_lazy("Correct…"),
        gettext_lazy("Record the correction"),
        CorrectForm,
        is_danger=True,
    ),
    "revoke": Step(
        gettext_lazy("Revoke the recognition"),
        gettext_lazy(
            "The certificates are marked as revoked and the initiative leaves the public list. "
            "Nothing is deleted; the authors are told."
        ),
        gettext_lazy("Revoke the recognition…"),
        gettext_lazy("Revoke"),
        RevokeForm,
        is_danger=True,
    ),
    "hand_over": Step(
        gettext_lazy("Hand over to a co-author"),
        gettext_lazy(
            "The co-author becomes the main author and can submit, complete and withdraw the dossier."
        ),
        gettext_lazy("Hand over…"),
        gettext_lazy("Hand over"),
        HandOverForm,
        is_danger=True,
    ),
    "merge": Step(
        gettext_lazy("Merge into another dossier"),
        gettext_lazy(
            "This dossier ends here and names the one that goes on. All authors have agreed in writing."
        ),
        gettext_lazy("Merge…"),
        gettext_lazy("Merge"),
        MergeForm,
        is_danger=True,
    ),
    "withdraw": Step(
        gettext_lazy("Withdraw the dossier"),
        gettext_lazy(
            "The dossier stays in the register with the day and the reason. "
            "Sheets not yet sent are void. The co-authors are told. It cannot be taken back."
        ),
        gettext_lazy("Withdraw…"),
        gettext_lazy("Withdraw"),
        WithdrawForm,
        is_danger=True,
    ),
}
