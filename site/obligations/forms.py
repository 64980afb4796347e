"""What an administrator types about announced days."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField

from .models import DayOff
from .terms import is_working_day

_YEARS_AROUND = 2
_DATE_INPUT = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}


class DayOffForm(forms.Form):
    day = DayField(
        label=_("Day"),
        widget=forms.DateInput(format="%d/%m/%Y", attrs=_DATE_INPUT),
        error_messages={"invalid": _("Type day, month, year, for example 02/03/2026.")},
    )
    works = forms.TypedChoiceField(
        label=_("What is announced"),
        choices=DayOff._meta.get_field("works").choices,
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Announced by"),
        max_length=200,
        help_text=_("The document, its number and date: terms are reckoned by it."),
    )

    def clean_day(self):
        day, this_year = self.cleaned_data["day"], timezone.localdate().year
        first = date(this_year - _YEARS_AROUND, 1, 1)
        last = date(this_year + _YEARS_AROUND, 12, 31)
        if not first <= day <= last:
            raise forms.ValidationError(
                _("Only days from %(first)s to %(last)s are kept here. Check the year."),
                params={"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"},
            )
        return day

    def clean(self):
        cleaned = super().clean()
        if {"day", "works"} <= cleaned.keys() and is_working_day(cleaned["day"]) == cleaned["works"]:
            self.add_error("day", self._nothing_new(cleaned["day"], cleaned["works"]))
        return cleaned

    def _nothing_new(self, day, works):
        words = (
            _("%(day)s is a working day by the calendar already. Check the day and the choice.")
            if works
            else _("%(day)s is a day off by the calendar already. Check the day and the choice.")
        )
        return forms.ValidationError(words, params={"day": f"{day:%d/%m/%Y}"})
