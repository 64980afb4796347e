"""What is asked of the coverage: which requirement, which year, as of which day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import DayField

YEARS_BACK = 10


class AskedForm(forms.Form):
    """Every field may be absent: the page then answers for the first requirement, this year, today."""

    mark_optional = False
    requirement = forms.ChoiceField(label=_("Requirement"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)
    day = DayField(label=_("The day"), required=False, widget=forms.DateInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args, policies, year, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked_year = year
        self.fields["requirement"].choices = [(code, policy.name) for code, policy in policies.items()]
        self.fields["year"].choices = [(past, str(past)) for past in years(today)]

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day is not None and day.year != self.asked_year:
            raise forms.ValidationError(
                _("%(day)s is not in %(year)s. Type a day of that year, or choose another year above."),
                params={"day": f"{day:%d/%m/%Y}", "year": self.asked_year},
            )
        return day


def years(today):
    """The years that can be asked about, the latest first."""
    return range(today.year, today.year - YEARS_BACK, -1)
