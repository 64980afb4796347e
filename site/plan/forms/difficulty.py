"""Forms about difficulties: what units raise, the residents' letter box, the ward's steps."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.forms import DayField
from editing.fields import TextAnswer
from people.letter_forms import (
    LONGEST,
    CodeForm,
    LetterForm,
    RefusableForm,
    SeenForm,
)
from people.models import Unit
from trust.forms import box_name
from vietnamese.text import nfc

from ..difficulties.consents import ASKED, CONTACT, NAME
from ..difficulties.refusing import SENTENCES
from ..difficulties.sending import Sent
from ..models import Difficulty, DifficultyClosed, Origin, Target, Task
from .fields import spoken


class RaiseForm(RefusableForm):
    """What a unit raises; by its `stamp` a page pressed twice raises one."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        empty_label=gettext_lazy("Choose a unit"),
        error_messages={"required": gettext_lazy("Choose the unit that raises it.")},
    )
    target = forms.ModelChoiceField(
        label=gettext_lazy("About a target"),
        queryset=Target.objects.order_by("order"),
        required=False,
        empty_label=pgettext_lazy("plan part", "None"),
    )
    task = forms.ModelChoiceField(
        label=gettext_lazy("About a task"),
        queryset=Task.objects.order_by("order", "pk"),
        required=False,
        empty_label=pgettext_lazy("plan part", "None"),
    )
    text = TextAnswer(
        label=gettext_lazy("What is difficult?"),
        help_text=gettext_lazy("What stands in the way, since when, what was tried."),
        max_length=LONGEST,
        rows=6,
        required=True,
        error_messages={"required": gettext_lazy("Write what is difficult.")},
    )
    proposal = TextAnswer(
        label=gettext_lazy("What do you propose?"),
        help_text=gettext_lazy("What should be done, and by whom."),
        max_length=LONGEST,
        rows=4,
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        choices = Unit.objects.filter(pk__in=units).order_by("order", "code")
        self.fields["unit"].queryset = choices
        if len(units) == 1:
            self.fields["unit"].initial = next(iter(units))

    def clean(self):
        given = super().clean()
        if given.get("target") and given.get("task"):
            self.add_error("task", _("Choose a target or a task, not both."))
        return given


class SendForm(LetterForm):
    """What a resident writes. `stamp` and `website` are the guard's: see `trust.letterbox`."""

    text = TextAnswer(
        label=gettext_lazy("What is difficult for you?"),
        help_text=gettext_lazy("What you wanted to do, and where it stopped."),
        max_length=LONGEST,
        rows=6,
        required=True,
        error_messages={"required": gettext_lazy("Write what is difficult.")},
    )
    proposal = TextAnswer(
        label=gettext_lazy("What do you propose?"),
        help_text=gettext_lazy("What should be done, and by whom."),
        max_length=LONGEST,
        rows=4,
    )
    place = TextAnswer(
        label=gettext_lazy("Where?"),
        help_text=gettext_lazy("A street, a residential group, an office."),
        max_length=250,
    )
    asked, contact_purpose, name_purpose = ASKED, CONTACT, NAME
    texts = field_order = ("text", "proposal", "place")

    @property
    def agree_name(self):
        return self[box_name(NAME)]

    def sent(self):
        return Sent(**self.letter())


class LookUpForm(CodeForm):
    where = gettext_lazy("It stands on the page you got after sending: VM and 16 letters and figures.")


# ---- the ward's steps


class StepForm(SeenForm):
    def __init__(self, *args, difficulty, **kwargs):
        self.difficulty = difficulty
        super().__init__(*args, **kwargs)


class AssignForm(StepForm):
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.order_by("order", "code"),
        empty_label=gettext_lazy("Choose a unit"),
        error_messages={"required": gettext_lazy("Choose the unit that answers.")},
    )
    due_on = DayField(
        widget=forms.DateInput(attrs={"class": "input-date"}),
        label=gettext_lazy("Answer by"),
        help_text=gettext_lazy("The day the term comes to; change it only where another day was agreed."),
    )

    def fit(self):
        self.fields["unit"].initial = self.difficulty.unit_id
        self.fields["due_on"].initial = self.difficulty.answer_due_on


class AnswerForm(StepForm):
    answer = TextAnswer(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy(
            "What is done, by whom, by when. The coordinator checks it before it goes out."
        ),
        max_length=LONGEST,
        rows=8,
        required=True,
        error_messages={"required": gettext_lazy("Write the answer.")},
    )
    reason = TextAnswer(
        label=gettext_lazy("Why you answer in place of the unit"),
        help_text=gettext_lazy("It stays in the log."),
        max_length=2000,
        rows=3,
    )

    def __init__(self, *args, in_place, **kwargs):
        self.in_place = in_place
        super().__init__(*args, **kwargs)

    def fit(self):
        self.fields["answer"].initial = self.difficulty.answer
        if not self.in_place:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = SENTENCES["in_place_of_unit"]


class ReasonForm(StepForm):
    reason = TextAnswer(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays in the log."),
        max_length=2000,
        rows=3,
        required=True,
        error_messages={"required": SENTENCES["reason_missing"]},
    )


class PublishForm(StepForm):
    public_title = TextAnswer(
        label=gettext_lazy("Title for the public list"),
        max_length=200,
        required=True,
        error_messages={"required": SENTENCES["public_words_missing"]},
    )
    public_text = TextAnswer(
        label=gettext_lazy("The difficulty as everybody reads it"),
        help_text=gettext_lazy(
            "Without names, addresses of homes, telephone numbers or anything else of a person."
        ),
        max_length=LONGEST,
        rows=6,
        required=True,
        error_messages={"required": SENTENCES["public_words_missing"]},
    )
    public_answer = TextAnswer(
        label=gettext_lazy("The answer as everybody reads it"),
        max_length=LONGEST,
        rows=8,
        required=True,
        error_messages={"required": SENTENCES["public_words_missing"]},
    )
    with_name = forms.BooleanField(
        label=gettext_lazy("Show the sender's name, as agreed"),
        required=False,
    )

    def __init__(self, *args, may_name, **kwargs):
        self.may_name = may_name
        super().__init__(*args, **kwargs)

    def fit(self):
        row = self.difficulty
        self.fields["public_title"].initial = row.public_title
        self.fields["public_text"].initial = row.public_text or self._own_words()
        self.fields["public_answer"].initial = row.public_answer or row.answer
        self.fields["with_name"].initial = bool(row.public_name)
        if not self.may_name:
            del self.fields["with_name"]

    def _own_words(self):
        """What a unit of the ward raised; a resident was promised the ward's words instead of their own."""
        row = self.difficulty
        if row.origin == Origin.RESIDENT:
            return ""
        return "\n\n".join(filter(None, (row.text, row.proposal)))


class CloseForm(StepForm):
    why = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=spoken(DifficultyClosed.choices),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it is closed.")},
    )
    pointed_to = TextAnswer(
        label=gettext_lazy("Whose matter it is"),
        help_text=gettext_lazy(
            "For another body's matter: its name, and where to turn. The sender reads it."
        ),
        max_length=250,
    )
    duplicate_of = forms.CharField(
        label=gettext_lazy("Number of what was raised before"),
        help_text=gettext_lazy("For what was raised before, for example VM-2026-007."),
        max_length=30,
        required=False,
    )

    def clean_duplicate_of(self):
        number = nfc(self.cleaned_data["duplicate_of"]).upper().replace(" ", "")
        if not number:
            return None
        found = Difficulty.objects.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no difficulty with this number."))
        return found
