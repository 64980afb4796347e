"""Forms about ideas of residents: the letter box, looking one up, consents, the ward's steps."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.models import Unit
from trust.forms import ConsentBoxes
from trust.forms import box_name as _box
from vietnamese.text import nfc

from ..models import CloseReason, Idea, IdeaOutcome
from ..refusing import SENTENCES
from ..suggestions.consents import ASKED, CONTACT, CREDIT, PUBLISH
from ..suggestions.sending import Sent

LONGEST = 10_000
_PHONE = re.compile(r"\+?[0-9][0-9 .\-()]{6,18}[0-9]")


class _Plain(forms.Form):
    """A form that takes the rules' refusals."""

    def refuse(self, refused):
        """Puts a refusal by its field, or above the form."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class SendForm(_Plain, ConsentBoxes):
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
    name = TextAnswer(label=gettext_lazy("Full name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    phone = TextAnswer(label=pgettext_lazy("field", "Telephone"), max_length=20)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_purposes(ASKED)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["phone"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not _PHONE.fullmatch(phone):
            raise forms.ValidationError(_("Type the telephone number in figures, for example 0912 345 678."))
        return phone

    def clean(self):
        given = super().clean()
        reachable = given.get("email") or given.get("phone")
        if reachable and not given.get(_box(CONTACT)):
            self.add_error(
                _box(CONTACT),
                _("Agree to this, or empty e-mail and telephone: without it they are not kept."),
            )
        if given.get(_box(CONTACT)) and not reachable and not (self.errors.keys() & {"email", "phone"}):
            self.add_error("email", _("Write an e-mail or a telephone number to be told of the answer."))
        if given.get(_box(CREDIT)) and not given.get("name"):
            self.add_error("name", _("Write the name that is to stand there."))
        if given.get("name") and not (given.get(_box(CREDIT)) or given.get(_box(CONTACT))):
            self.add_error("name", _("Agree below to what the name is for, or empty this field."))
        return given

    @property
    def agree_contact(self):
        return self[_box(CONTACT)]

    @property
    def agree_credit(self):
        return self[_box(CREDIT)]

    @property
    def agree_publish(self):
        return self[_box(PUBLISH)]

    def sent(self):
        values = self.cleaned_data
        texts = {name: values[name] for name in ("trouble", "proposal", "place", "name", "email", "phone")}
        return Sent(**texts, agreed=self.agreed)


class LookUpForm(forms.Form):
    """The code as a person types it; `codes.typed` decides what it is."""

    ma = forms.CharField(
        label=gettext_lazy("Tracking code"),
        help_text=gettext_lazy(
            "It stands on the paper you got after sending: YT and 16 letters and figures."
        ),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    mark_optional = False


class ChangeConsentsForm(ConsentBoxes):
    mark_optional = False

    def __init__(self, *args, codes, standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_purposes(codes, standing)


# ---- the ward's steps


class StepForm(_Plain):
    """A step: `seen` is the last line of the log the page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, idea, seen=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.idea = idea
        self.fields["seen"].initial = seen
        self.fit()

    def fit(self):
        """Fits the fields to the idea."""

    @property
    def seen_entry(self):
        return self.cleaned_data.get("seen") or 0


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
