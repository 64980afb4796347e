"""Forms about difficulties: what units raise, the residents' letter box, the ward's steps."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.forms import DayField
from editing.fields import TextAnswer
from people.models import Unit
from trust.forms import ConsentBoxes, box_name
from vietnamese.text import nfc

from ..difficulties.consents import ASKED, CONTACT, NAME
from ..difficulties.refusing import SENTENCES
from ..difficulties.sending import Sent
from ..models import Difficulty, DifficultyClosed, Target, Task

LONGEST = 10_000
_PHONE = re.compile(r"\+?[0-9][0-9 .\-()]{6,18}[0-9]")


class _Plain(forms.Form):
    """A form that takes the rules' refusals."""

    def refuse(self, refused):
        """Puts a refusal by its field, or above the form."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class RaiseForm(_Plain):
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


class SendForm(_Plain, ConsentBoxes):
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
        contact, name = given.get(box_name(CONTACT)), given.get(box_name(NAME))
        if reachable and not contact:
            self.add_error(
                box_name(CONTACT),
                _("Agree to this, or empty e-mail and telephone: without it they are not kept."),
            )
        if contact and not reachable and not (self.errors.keys() & {"email", "phone"}):
            self.add_error("email", _("Write an e-mail or a telephone number to be told of the answer."))
        if name and not given.get("name"):
            self.add_error("name", _("Write the name that is to stand there."))
        if given.get("name") and not (name or contact):
            self.add_error("name", _("Agree below to what the name is for, or empty this field."))
        return given

    @property
    def agree_contact(self):
        return self[box_name(CONTACT)]

    @property
    def agree_name(self):
        return self[box_name(NAME)]

    def sent(self):
        texts = {
            name: self.cleaned_data[name] for name in ("text", "proposal", "place", "name", "email", "phone")
        }
        return Sent(**texts, agreed=self.agreed)


class LookUpForm(forms.Form):
    """The code as a person types it; `codes.typed` decides what it is."""

    ma = forms.CharField(
        label=gettext_lazy("Tracking code"),
        help_text=gettext_lazy("It stands on the page you got after sending: VM and 16 letters and figures."),
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

    def __init__(self, *args, difficulty, seen=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.difficulty = difficulty
        self.fields["seen"].initial = seen
        self.fit()

    def fit(self):
        """Fits the fields to the difficulty."""

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
        self.fields["public_text"].initial = row.public_text or "\n\n".join(
            filter(None, (row.text, row.proposal))
        )
        self.fields["public_answer"].initial = row.public_answer or row.answer
        self.fields["with_name"].initial = bool(row.public_name)
        if not self.may_name:
            del self.fields["with_name"]


class CloseForm(StepForm):
    why = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=DifficultyClosed.choices,
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
