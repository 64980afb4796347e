"""Entering and settling a breach."""

from django import forms
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer
from people.letter_forms import RefusableForm

_MOMENT = "%H:%M %d/%m/%Y"
_FORMATS = (_MOMENT, "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%H:%M, %d/%m/%Y")
_HOW = gettext_lazy("Hour and day, for example 08:30 02/03/2026.")


def _moment(label, required=True):
    return forms.DateTimeField(
        label=label,
        help_text=_HOW,
        required=required,
        input_formats=_FORMATS,
        widget=forms.DateTimeInput(format=_MOMENT, attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter hour and day."),
            "invalid": gettext_lazy("Type hour and day, for example 08:30 02/03/2026."),
        },
    )


class VersionForm(RefusableForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def seen_version(self):
        return self.cleaned_data.get("version") or 0


class BreachForm(VersionForm):
    found_at = _moment(gettext_lazy("When it was found"))
    happened_at = _moment(gettext_lazy("When it happened, if known"), required=False)
    what = TextAnswer(
        label=gettext_lazy("What happened"),
        max_length=10_000,
        rows=4,
        required=True,
        error_messages={"required": gettext_lazy("Write what happened.")},
    )
    data = TextAnswer(
        label=gettext_lazy("Which data, of which people"),
        help_text=gettext_lazy("Kinds of data and groups of people; no names."),
        max_length=10_000,
        rows=4,
        required=True,
        error_messages={"required": gettext_lazy("Write which data of which people.")},
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many people, if known"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    measures = TextAnswer(label=gettext_lazy("What was done about it"), max_length=10_000, rows=4)

    def values(self):
        names = ("found_at", "happened_at", "what", "data", "people", "measures")
        return {name: self.cleaned_data[name] for name in names}


class AuthorityForm(VersionForm):
    at = _moment(gettext_lazy("When the authority was notified"))
    paper = TextAnswer(
        label=gettext_lazy("Number of the notice"),
        max_length=60,
        required=True,
        error_messages={"required": gettext_lazy("Enter the number of the notice.")},
    )
    late_reason = TextAnswer(
        label=gettext_lazy("Why later than 72 hours"),
        help_text=gettext_lazy("Only where it was later."),
        max_length=2000,
        rows=3,
    )


class CloseForm(VersionForm):
    measures = TextAnswer(
        label=gettext_lazy("What was done about it"),
        max_length=10_000,
        rows=4,
        required=True,
        error_messages={"required": gettext_lazy("Write what was done.")},
    )
    people_told_at = _moment(
        gettext_lazy("When the people concerned were told, if they were"), required=False
    )
