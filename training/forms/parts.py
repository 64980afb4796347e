"""What the forms of credits, exemptions and records are made of."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.forms import DayField
from people.models import Staff
from vietnamese.text import nfc

from ..models import TOPICS, Level, Requirement
from ..reference_data import DIGITAL_SKILLS


class ClaimForm(forms.Form):
    """A form whose door may answer with `Refused`."""

    def refuse(self, refused):
        """Puts the door's answer by its field, or above the form where it belongs to none."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class LineField(forms.CharField):
    """One line, in NFC."""

    def clean(self, value):
        return nfc(super().clean(value))


class WordsField(LineField):
    """A few sentences."""

    def __init__(self, *, rows=4, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class StaffCodeField(forms.CharField):
    """Somebody on the roster, named by the staff code; cleaned to the person."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Staff code"))
        kwargs.setdefault("help_text", gettext_lazy("For example HD-0007."))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value):
        code = nfc(super().clean(value)).strip()
        if not code:
            return None
        staff = Staff.objects.filter(staff_code=code).first()
        if staff is None:
            raise forms.ValidationError(
                _("Nobody on the roster has the code %(code)s. Check it."), params={"code": code}
            )
        return staff


def day(label, **kwargs):
    """A day typed as dd/mm/yyyy."""
    widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
    kwargs.setdefault("help_text", gettext_lazy("Day, month, year, for example 02/03/2026."))
    return DayField(label=label, widget=widget, **kwargs)


def requirement():
    """Which requirement it is about; digital skills unless said otherwise."""
    return forms.ModelChoiceField(
        Requirement.objects.all(),
        label=gettext_lazy("Requirement"),
        to_field_name="code",
        initial=DIGITAL_SKILLS,
        empty_label=None,
    )


def topics(**kwargs):
    """The groups of content, as numbers."""
    return forms.TypedMultipleChoiceField(
        label=gettext_lazy("Groups of content"),
        choices=list(TOPICS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        **kwargs,
    )


def level_choices():
    """The current framework's levels: "1. Cơ bản: làm được …"."""
    rows = Level.objects.filter(framework__is_current=True)
    return [(row.number, f"{row.number}. {row.name}: {row.description}") for row in rows]
