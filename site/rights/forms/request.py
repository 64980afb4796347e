"""What a person sends, and what they add or take back by the code."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.letter_forms import PHONE, CodeForm, RefusableForm

from ..models import RequestKind
from ..sending import Sent, letter_key

_NEEDS_WORDS = (RequestKind.CORRECT, RequestKind.RESTRICT, RequestKind.OBJECT, RequestKind.PROTECT)


class RequestForm(RefusableForm):
    """`signed_in`: the account says who it is, so nothing about the person is asked. `stamp` and `website`
    are the guard's (`trust.letterbox`)."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you ask for?"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you ask for.")},
    )
    text = TextAnswer(
        label=gettext_lazy("Which data, and what is to be done"),
        help_text=gettext_lazy("In your own words. Send no picture and no number of an identity card."),
        max_length=5000,
        rows=5,
    )
    name = TextAnswer(label=gettext_lazy("Full name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("A letter goes there at once; its link proves that the mailbox is yours."),
    )
    phone = TextAnswer(label=pgettext_lazy("field", "Telephone"), max_length=20)
    letter_code = forms.CharField(
        label=gettext_lazy("Tracking code of an earlier letter"),
        help_text=gettext_lazy(
            "Where it is about an idea or a difficulty you sent: its code proves it is yours."
        ),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "spellcheck": "false"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)

    def __init__(self, *args, signed_in=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.signed_in = signed_in
        if signed_in:
            for name in ("name", "email", "phone", "letter_code"):
                del self.fields[name]
            return
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["phone"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(_("Type the telephone number in figures, for example 0912 345 678."))
        return phone

    def clean_letter_code(self):
        code = self.cleaned_data["letter_code"]
        if code and not letter_key(code):
            raise forms.ValidationError(
                _(
                    "No letter has this code. Compare each character with the page you kept, or "
                    "leave it empty."
                )
            )
        return code

    def clean(self):
        given = super().clean()
        if given.get("kind") in _NEEDS_WORDS and not given.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write which data it is about and what is to be done."))
        named = self.signed_in or given.get("name") or given.get("letter_code")
        if not named and not self.errors.keys() & {"name", "letter_code"}:
            self.add_error("name", _("Write your name, or the tracking code of an earlier letter."))
        return given

    def sent(self):
        names = ("kind", "text", "name", "email", "phone", "letter_code")
        return Sent(**{name: self.cleaned_data.get(name, "") for name in names})


class LookUpForm(CodeForm):
    where = gettext_lazy("It stands on the page you got after sending: QD and 16 letters and figures.")


class AnyCodeForm(CodeForm):
    where = gettext_lazy(
        "The code of an idea or a difficulty you sent: 16 letters and figures after YT or VM."
    )


class AddForm(RefusableForm):
    text = TextAnswer(
        label=gettext_lazy("Your answer"),
        max_length=5000,
        rows=5,
        required=True,
        error_messages={"required": gettext_lazy("Write your answer.")},
    )
