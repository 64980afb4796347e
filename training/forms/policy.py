"""The policy of a requirement and year, as the training officer types it."""

import hashlib
import json

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import DayField
from people.models import Category, Unit

from ..coverage import Policy

_MOST_MINUTES, _MOST_DAYS = 30_000, 366


class PolicyForm(forms.Form):
    """`previewed` is the mark of the values whose figures were shown last: only those can be saved."""

    categories = forms.MultipleChoiceField(
        label=_("Categories in scope"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )
    min_minutes = forms.IntegerField(
        label=_("Least minutes in the year"),
        min_value=1,
        max_value=_MOST_MINUTES,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    min_available_days = forms.IntegerField(
        label=_("Least days in service without leave"),
        help_text=_("Whoever has fewer within the year need not be trained yet. 0 leaves nobody out."),
        min_value=0,
        max_value=_MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    due_on = DayField(label=_("Due on"))
    evaluation_on = DayField(label=_("Figures for the evaluation of"))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    units_in = forms.ModelMultipleChoiceField(
        Unit.objects.all(),
        label=_("Only these units, with all under them"),
        help_text=_("Tick none to mean all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units_out = forms.ModelMultipleChoiceField(
        Unit.objects.all(),
        label=_("Without these units and all under them"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Why it changes"),
        help_text=_("Needed once the year is frozen. Stands in the log of changes."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, policy: Policy, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.policy = policy
        for name in ("units_in", "units_out"):
            self.fields[name].choices = [(unit.pk, unit.name) for unit in units]

    def clean_due_on(self):
        return self._within_the_year("due_on")

    def clean_evaluation_on(self):
        return self._within_the_year("evaluation_on")

    def _within_the_year(self, name):
        day = self.cleaned_data[name]
        if day.year != self.policy.year:
            raise forms.ValidationError(
                _("%(day)s is not in %(year)s."),
                params={"day": f"{day:%d/%m/%Y}", "year": self.policy.year},
            )
        return day

    def clean(self):
        both = set(self.cleaned_data.get("units_in", ())) & set(self.cleaned_data.get("units_out", ()))
        if both:
            names = ", ".join(sorted(unit.name for unit in both))
            self.add_error("units_out", _("%(units)s cannot be taken in and left out.") % {"units": names})

    @property
    def values(self) -> dict:
        """What `policies.changed` takes."""
        data = dict(self.cleaned_data)
        data["units_in"] = {unit.pk for unit in data["units_in"]}
        data["units_out"] = {unit.pk for unit in data["units_out"]}
        return data


def initial_of(policy: Policy, seen: int) -> dict:
    return {
        "categories": list(policy.categories),
        "min_minutes": policy.min_minutes,
        "min_available_days": policy.min_available_days,
        "due_on": policy.due_on,
        "evaluation_on": policy.evaluation_on,
        "legal_basis": policy.legal_basis,
        "units_in": list(policy.units_in),
        "units_out": list(policy.units_out),
        "seen": seen,
    }


def mark_of(policy: Policy) -> str:
    """The same for the same values, whoever typed them."""
    return hashlib.sha256(json.dumps(_plain(policy), sort_keys=True).encode()).hexdigest()[:16]


def _plain(policy):
    units = {"units_in": sorted(policy.units_in), "units_out": sorted(policy.units_out)}
    return policy.as_values() | units
