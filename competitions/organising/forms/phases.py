"""Dates: one pair of moments for each phase."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...phases import PhaseCode, Window, faults
from .. import words
from .parts import LineField, MomentField, OrganiserForm, reason


class PhasesForm(OrganiserForm):
    """The windows of one blueprint. An optional phase left blank is not held."""

    def __init__(self, plan, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        for phase in plan.phases:
            label = PhaseCode(phase.code).label
            self.fields[f"{phase.code}-opens_at"] = _moment(label, _("opens"))
            self.fields[f"{phase.code}-closes_at"] = _moment(label, _("closes"))

    def rows(self):
        """[(label, opens, closes, optional)] as the template draws them."""
        return [
            (PhaseCode(p.code).label, self[f"{p.code}-opens_at"], self[f"{p.code}-closes_at"], p.optional)
            for p in self.plan.phases
        ]

    @property
    def windows(self) -> list[Window]:
        found = []
        for phase in self.plan.phases:
            opens = self.cleaned_data.get(f"{phase.code}-opens_at")
            closes = self.cleaned_data.get(f"{phase.code}-closes_at")
            if opens or closes or not phase.optional:
                found.append(Window(phase.code, opens, closes))
        return found

    def clean(self):
        data = super().clean()
        self.put_faults(faults(self.windows))
        return data

    def put_faults(self, found):
        """Each by the field to type anew, unless that has its own error already."""
        for fault in found:
            name = f"{fault.phase}-{words.FAULT_FIELDS[fault.code]}"
            if name not in self.errors:
                self.add_error(name, words.fault(fault))

    def refuse(self, refused):
        if refused.code == "windows":
            self.put_faults(refused.params["faults"])
        if refused.code != "windows" or not self.errors:
            super().refuse(refused)


def _moment(label, edge):
    # What is missing is said by `faults`, which knows which phases may be left out.
    return MomentField(label=_Pair(label, edge), required=False)


class _Pair:
    """ "Entries are taken: opens", put together in the reader's language."""

    def __init__(self, *parts):
        self.parts = parts

    def __str__(self):
        return ": ".join(str(part) for part in self.parts)


def initial_of(windows):
    values = {}
    for window in windows:
        values[f"{window.code}-opens_at"] = window.opens_at
        values[f"{window.code}-closes_at"] = window.closes_at
    return values


class MakeForm(PhasesForm):
    """A new competition: its title and dates; the blueprint brings everything else."""

    title = LineField(
        label=_("Title of the competition"),
        max_length=150,
        help_text=_("With the year, for example “Ý tưởng đổi mới sáng tạo 2026”."),
        error_messages={"required": _("Give the competition a title.")},
    )


class ExtendForm(OrganiserForm):
    """More time for one phase."""

    phase = forms.ChoiceField(
        label=_("Phase"), widget=forms.RadioSelect, error_messages={"required": _("Choose the phase.")}
    )
    closes_at = MomentField(
        label=_("Closes at"), help_text=_("Day and hour, for example 25/12/2026 17:00. Only later than now.")
    )
    reason = reason(_("Everybody who takes part reads it, and so does the public."))
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, windows, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phase"].choices = [(w.code, PhaseCode(w.code).label) for w in windows]
        if len(windows) == 1:
            self.initial.setdefault("phase", windows[0].code)

    def refuse(self, refused):
        if refused.code == "windows":
            for fault in refused.params["faults"]:
                self.add_error("closes_at", words.fault(fault))
        else:
            super().refuse(refused)
