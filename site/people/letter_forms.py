"""What the forms of a letter box share: a resident writes without an account, says where an answer reaches
them, follows by a code; the ward takes steps on a page that may have grown old."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from trust.forms import ConsentBoxes, box_name

LONGEST = 10_000
PHONE = re.compile(r"\+?[0-9][0-9 .\-()]{6,18}[0-9]")


class RefusableForm(forms.Form):
    """A form that takes the rules' refusals."""

    def refuse(self, refused):
        """Puts a refusal by its field, or above the form."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class LetterForm(RefusableForm, ConsentBoxes):
    """The sender's part of a letter: nothing of a person is kept without the consent it is for.

    `asked` are the purposes, `contact_purpose` that of being told, `name_purpose` that of being named.
    `stamp` and `website` are the guard's (`trust.letterbox`); `texts` name the fields of the letter.
    """

    name = TextAnswer(label=gettext_lazy("Full name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    phone = TextAnswer(label=pgettext_lazy("field", "Telephone"), max_length=20)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)

    asked: tuple = ()
    contact_purpose = name_purpose = ""
    texts: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_purposes(self.asked)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["phone"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(_("Type the telephone number in figures, for example 0912 345 678."))
        return phone

    def clean(self):
        given = super().clean()
        contact_box = box_name(self.contact_purpose)
        reachable = given.get("email") or given.get("phone")
        contact, name = given.get(contact_box), given.get(box_name(self.name_purpose))
        if reachable and not contact:
            self.add_error(
                contact_box, _("Agree to this, or empty e-mail and telephone: without it they are not kept.")
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
        return self[box_name(self.contact_purpose)]

    def letter(self):
        """What was written and by whom, with the purposes agreed to."""
        names = (*self.texts, "name", "email", "phone")
        return {name: self.cleaned_data[name] for name in names} | {"agreed": self.agreed}


class CodeForm(forms.Form):
    """The code as a person types it; what it is, the letter box decides. A subclass says where it stands."""

    ma = forms.CharField(
        label=gettext_lazy("Tracking code"),
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
    where = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ma"].help_text = self.where


class ChangeConsentsForm(ConsentBoxes):
    mark_optional = False

    def __init__(self, *args, codes, standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_purposes(codes, standing)


class SeenForm(RefusableForm):
    """A step of the ward: `seen` is the last line of the log the page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, seen=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.fit()

    def fit(self):
        """Fits the fields to what the step is about."""

    @property
    def seen_entry(self):
        return self.cleaned_data.get("seen") or 0
