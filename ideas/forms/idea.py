"""Forms about ideas of residents: the letter box, looking one up, consents, the ward's steps."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer
from people.letter_forms import LONGEST, CodeForm, LetterForm, SeenForm
from people.models import Unit
from trust.forms import box_name as _box
from vietnamese.text import nfc

from ..models import CloseReason, Idea, IdeaOutcome
from ..refusing import SENTENCES
from ..suggestions.consents import ASKED, CONTACT, CREDIT, PUBLISH
from ..suggestions.sending import Sent


class SendForm(LetterForm):
    """What a resident writes. `stamp` and `website` are the guard's: see `trust.letterbox`."""

    trouble = TextAnswer(
        label=gettext_lazy("What troubles people?"),
        help_text=gettext_lazy("What goes slowly, costs much or is missing."),
        max_length=LONGEST,
        rows=5,
        required=True,
        error_messages={"required": gettext_lazy("Write what troubles people.")},
    )
    proposal = TextAnswer(
        label=gettext_lazy("What do you propose?"),
        help_text=gettext_lazy("How it could be done better, and what would come of it."),
        max_length=LONGEST,
        rows=5,
        required=True,
        error_messages={"required": gettext_lazy("Write what you propose.")},
    )
    place = TextAnswer(
        label=gettext_lazy("Where?"),
        help_text=gettext_lazy("A street, a residential group, an office."),
        max_length=250,
    )
    asked, contact_purpose, name_purpose = ASKED, CONTACT, CREDIT
    texts = field_order = ("trouble", "proposal", "place")

    @property
    def agree_credit(self):
        return self[_box(CREDIT)]

    @property
    def agree_publish(self):
        return self[_box(PUBLISH)]

    def sent(self):
        return Sent(**self.letter())


class LookUpForm(CodeForm):
    where = gettext_lazy("It stands on the paper you got after sending: YT and 16 letters and figures.")


# ---- the ward's steps


class StepForm(SeenForm):
    def __init__(self, *args, idea, **kwargs):
        self.idea = idea
        super().__init__(*args, **kwargs)


class AssignForm(StepForm):
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.order_by("order", "code"),
        empty_label=gettext_lazy("Choose a unit"),
        error_messages={"required": gettext_lazy("Choose the unit that answers.")},
    )

    def fit(self):
        self.fields["unit"].initial = self.idea.unit_id


class AnswerForm(StepForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What it comes to"),
        choices=IdeaOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the answer comes to.")},
    )
    answer = TextAnswer(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy(
            "The sender reads it by the tracking code: what will be done, by whom, by when."
        ),
        max_length=LONGEST,
        rows=8,
        required=True,
        error_messages={"required": gettext_lazy("Write the answer; the sender will read it.")},
    )
    is_public = forms.BooleanField(label=gettext_lazy("Publish the idea and the answer"), required=False)
    public_title = TextAnswer(label=gettext_lazy("Title for the public list"), max_length=200)
    public_text = TextAnswer(
        label=gettext_lazy("The idea as everybody reads it"),
        help_text=gettext_lazy(
            "In the ward's words, without names, addresses of homes or telephone numbers."
        ),
        max_length=LONGEST,
        rows=5,
    )
    PUBLIC = ("is_public", "public_title", "public_text")

    def __init__(self, *args, may_publish, **kwargs):
        self.may_publish = may_publish
        super().__init__(*args, **kwargs)

    def fit(self):
        for name in ("outcome", "answer", *self.PUBLIC):
            self.fields[name].initial = getattr(self.idea, name)
        if not self.may_publish:
            for name in self.PUBLIC:
                del self.fields[name]

    def clean(self):
        given = super().clean()
        if given.get("is_public"):
            for name in ("public_title", "public_text"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, SENTENCES["idea_public_words_missing"])
        return given


class CloseForm(StepForm):
    why = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[(code, label) for code, label in CloseReason.choices],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it is closed.")},
    )
    duplicate_of = forms.CharField(
        label=gettext_lazy("Number of the idea sent before"),
        help_text=gettext_lazy("For a duplicate, for example YT-2026-HD07."),
        max_length=30,
        required=False,
    )

    def clean_duplicate_of(self):
        number = nfc(self.cleaned_data["duplicate_of"]).upper().replace(" ", "")
        if not number:
            return None
        found = Idea.objects.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no idea with this number."))
        return found


class ReasonForm(StepForm):
    reason = TextAnswer(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays in the log of the idea."),
        max_length=2000,
        rows=3,
        required=True,
        error_messages={"required": SENTENCES["idea_reason_missing"]},
    )
