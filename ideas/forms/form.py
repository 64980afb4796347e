"""The seven steps of the application as forms. They check values; what is still empty is no error here."""

import json

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer
from editing.merging import posted_base
from ideas.application.hints import name_items
from ideas.drafts import base_of, share_name, stored_answers
from ideas.files import EVIDENCE, SCAN
from ideas.models import AttachmentKind, Field, Kind
from ideas.text import TITLE_KEPT, TITLE_MOST

from .answers import AmountAnswer, DateAnswer, ShareAnswer, YesNoAnswer


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class StepForm(forms.Form):
    """One step. `answers()` are its checked values, `base` the fingerprints it was drawn from."""

    mark_optional = False  # nothing is demanded before submitting; the list "still missing" says what is

    def __init__(self, initiative, step, data=None):
        self.initiative, self.step = initiative, step
        self.make_fields()
        super().__init__(data, initial=self.initial_values(stored_answers(initiative, step)))
        self.add_fields()
        for name, field in self.fields.items():
            field.label = field.label or name
        name_items(self.fields, self.initiative.form_template.template)

    def make_fields(self):
        """For steps whose fields depend on the dossier; before Django copies them."""

    def add_fields(self):
        """The same, after."""

    def initial_values(self, stored):
        return {name.removesuffix("_id"): value for name, value in stored.items()}

    def answers(self):
        """{name as in `drafts`: value} of every field without an error that was in the page."""
        if not hasattr(self, "_errors") or self._errors is None:
            self.full_clean()
        return {
            self.stored_name(name): self.plain(value)
            for name, value in self.cleaned_data.items()
            if self.is_answer(name) and self.was_sent(name)
        }

    def is_answer(self, name):
        return True

    def overlong(self):
        """{name: words} of what the draft keeps although it is too long to be submitted."""
        texts = {name: field for name, field in self.fields.items() if getattr(field, "kept", 0)}
        said = {n: field.overlong(self.cleaned_data.get(n) or "") for n, field in texts.items()}
        return {name: words for name, words in said.items() if words}

    def was_sent(self, name):
        """Radios nobody pressed send nothing, which says "not answered", but only if the page had them."""
        return name in self.data or isinstance(self.fields[name].widget, forms.RadioSelect)

    def stored_name(self, name):
        return "field_id" if name == "field" else name

    def plain(self, value):
        return value.pk if isinstance(value, Field) else value

    def form_name(self, stored_name):
        return stored_name.removesuffix("_id")

    @property
    def base(self):
        """What the posted page was drawn from; for a fresh page, what is stored now."""
        if not self.is_bound:
            return base_of(self.initiative, self.step)
        return posted_base(self.data.get("base", "{}"))

    @property
    def base_json(self):
        return json.dumps(self.base, separators=(",", ":"))


class NameForm(StepForm):
    title = TextAnswer(
        label=gettext_lazy("Name of the initiative"),
        help_text=gettext_lazy("Say how it is done and what gets better, in at most 200 characters."),
        max_length=TITLE_MOST,
        kept=TITLE_KEPT,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of solution"), choices=Kind.choices, required=False, widget=forms.RadioSelect
    )
    field = forms.ModelChoiceField(
        label=gettext_lazy("Field of application"),
        queryset=Field.objects.all(),
        required=False,
        empty_label=gettext_lazy("Choose a field"),
    )
    problem = TextAnswer(
        label=gettext_lazy("The problem it solves"),
        help_text=gettext_lazy("What went wrong, or took too long, before."),
        rows=4,
    )


class SharesForm(StepForm):
    """Step 2: one share an author."""

    def add_fields(self):
        for author in self.initiative.authors.all():
            label = _("Share of %(name)s, percent") % {"name": author.full_name}
            self.fields[share_name(author)] = ShareAnswer(label=label)

    def rows(self):
        return [(author, self[share_name(author)]) for author in self.initiative.authors.all()]

    def typed_shares(self):
        """The shares as typed where they are shares, else as stored: what the total is reckoned from."""
        typed = self.answers() if self.is_bound else {}
        return [typed.get(share_name(a)) or a.share for a in self.initiative.authors.all()]


class FirstUseForm(StepForm):
    first_applied_on = DateAnswer(
        label=gettext_lazy("First used on"),
        help_text=gettext_lazy("Day, month, year. The dossier is to be filed within a year of this day."),
    )
    trial_applied_on = DateAnswer(
        label=gettext_lazy("First tried on"), help_text=gettext_lazy("If there was a trial before.")
    )
    first_use_ended_on = DateAnswer(
        label=gettext_lazy("First use ended on"),
        help_text=gettext_lazy("Leave empty while it is still in its first use."),
    )
    investor = TextAnswer(
        label=gettext_lazy("Investor"),
        help_text=gettext_lazy("Who paid for making it. Write the authors' names if they paid themselves."),
        max_length=250,
    )
    uses_public_money = YesNoAnswer(
        label=gettext_lazy("Was public money used?"), yes=gettext_lazy("Yes"), no=gettext_lazy("No")
    )

    def clean(self):
        values = super().clean()
        start = min(
            filter(None, [values.get("first_applied_on"), values.get("trial_applied_on")]), default=None
        )
        end = values.get("first_use_ended_on")
        if start and end and end < start:
            self.add_error(
                "first_use_ended_on",
                _("The end lies before the beginning. Check both days."),
            )
        return values


class DescriptionForm(StepForm):
    prior_state = TextAnswer(label=gettext_lazy("How it was before"), rows=4)
    description = TextAnswer(
        label=gettext_lazy("What the solution is"),
        help_text=gettext_lazy(
            "Step by step, so that a colleague could do it after reading. Everybody may read this once the "
            "initiative is recognised; what must stay confidential goes into step 6."
        ),
        rows=8,
    )
    novelty = TextAnswer(
        label=gettext_lazy("What is new"),
        help_text=gettext_lazy("How it differs from what was done here before."),
        rows=4,
    )
    applicability = TextAnswer(label=gettext_lazy("Where else it can be used"), rows=3)
    conditions = TextAnswer(
        label=gettext_lazy("Conditions for using it"),
        help_text=gettext_lazy("People, equipment, money, rules it needs."),
        rows=3,
    )
    # Beside the similar initiatives, not among the numbered fields of the official form.
    difference = TextAnswer(
        label=gettext_lazy("How does yours differ?"),
        help_text=gettext_lazy(
            "If you like: what is different in yours. The secretary and the council read it beside the "
            "similar initiatives; it never becomes public."
        ),
        rows=4,
    )


class BenefitForm(StepForm):
    benefit_by_author = TextAnswer(
        label=gettext_lazy("Benefit as the authors see it"),
        help_text=gettext_lazy(
            "Before and after, with figures where there are any. Everybody may read this once the initiative "
            "is recognised; what must stay confidential goes into step 6."
        ),
        rows=5,
    )
    benefit_amount = AmountAnswer(
        label=gettext_lazy("Money saved a year (VND)"),
        help_text=gettext_lazy("For example 12.500.000. Leave empty if it can't be counted in money."),
    )
    benefit_by_users = TextAnswer(
        label=gettext_lazy("Benefit as the first users see it"),
        help_text=gettext_lazy("What those who tried it say, if anybody did."),
        rows=4,
    )
    public_summary = TextAnswer(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("Everybody may read this once the initiative is recognised. Nothing secret."),
        max_length=1500,
        rows=4,
    )


class EvidenceForm(StepForm):
    has_confidential_part = YesNoAnswer(
        label=gettext_lazy("Must something stay confidential?"),
        yes=gettext_lazy("Yes, never show it to the public"),
        no=gettext_lazy("No"),
    )
    confidential_part = TextAnswer(
        label=gettext_lazy("Confidential information"),
        help_text=gettext_lazy("Only the authors, the council and the head of the ward read this."),
        rows=3,
    )
    files = forms.Field(
        label=gettext_lazy("Choose files"),
        help_text=gettext_lazy("PDF, Word, Excel, JPG or PNG, at most 20 MB each. Several at once is fine."),
        required=False,
        widget=ManyFilesInput(attrs={"accept": EVIDENCE.accept}),
    )
    files_kind = forms.ChoiceField(
        label=gettext_lazy("What these files are"),
        choices=[
            (kind.value, kind.label)
            for kind in (
                AttachmentKind.EVIDENCE,
                AttachmentKind.SUPERIOR_APPROVAL,
                AttachmentKind.MERGE_CONSENT,
            )
        ],
        required=False,
    )
    files_confidential = forms.BooleanField(
        label=gettext_lazy("These files are confidential"), required=False
    )

    def is_answer(self, name):
        return not name.startswith("files")

    def clean_files(self):
        return None  # each file is checked by itself when it is stored

    def clean_files_kind(self):
        return self.cleaned_data["files_kind"] or AttachmentKind.EVIDENCE


class SubmitForm(StepForm):
    """Step 7: the pledge; for a dossier keyed from paper also the day of receipt and the signed scan."""

    pledge = forms.BooleanField(
        label=gettext_lazy(
            "I pledge that everything in this application is honest and true, "
            "and answer for it before the law"
        ),
        error_messages={"required": gettext_lazy("Tick the pledge, then submit.")},
    )

    def __init__(self, initiative, step, data=None, *, asks_receipt=False):
        self.asks_receipt = asks_receipt
        super().__init__(initiative, step, data)

    def add_fields(self):
        if not self.initiative.keyed_from_paper:
            return
        self.fields["pledge"].label = _("The signed paper holds the pledge, and I keyed it as it stands")
        self.fields["scan"] = forms.Field(
            label=_("Scan of the signed paper application"),
            help_text=_("PDF, JPG or PNG, at most 20 MB."),
            required=False,
            widget=forms.FileInput(attrs={"accept": SCAN.accept}),
        )
        if self.asks_receipt:
            self.fields["received_on"] = DateAnswer(
                label=_("The day the signed paper was received"),
                required=True,
                error_messages={"required": _("Enter the day the signed paper was received.")},
            )
        self.order_fields(["received_on", "scan", "pledge"])

    def clean_scan(self):
        return None  # checked when it is stored


FORMS = {
    1: NameForm,
    2: SharesForm,
    3: FirstUseForm,
    4: DescriptionForm,
    5: BenefitForm,
    6: EvidenceForm,
    7: SubmitForm,
}


class StartForm(forms.Form):
    """A dossier begins with its name alone."""

    mark_optional = False
    title = TextAnswer(
        label=gettext_lazy("Name of the initiative"),
        help_text=gettext_lazy("A working name is enough; it can be changed until the dossier is submitted."),
        max_length=TITLE_MOST,
        required=True,
        error_messages={"required": gettext_lazy("Write a name, even a rough one.")},
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Where does it come from?"),
        choices=[
            ("own", gettext_lazy("My own initiative")),
            ("paper", gettext_lazy("A paper dossier of somebody else, which I key in")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where the dossier comes from.")},
    )

    def __init__(self, kinds, data=None):
        super().__init__(data)
        self.kinds = kinds
        if len(kinds) == 1:
            del self.fields["source"]

    @property
    def is_paper(self):
        return self.cleaned_data.get("source", next(iter(self.kinds))) == "paper"
