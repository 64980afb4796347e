"""Narrowing the register; what its keeper writes into it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..register.asking import NONE, Asked
from ..register.outcome import BASES, OUTCOME_LABELS, REASON_LABELS, RECEIVED, SETTLED
from .council import NfcCharField

BASIS_LABELS = {RECEIVED: _("by the day of receipt"), SETTLED: _("by the day it was settled")}


class RegisterSearch(forms.Form):
    """All fields optional; what is not among the choices is passed over rather than refused."""

    mark_optional = False
    q = NfcCharField(label=_("Title, code or author"), max_length=200, required=False)
    nam = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    theo = forms.ChoiceField(
        label=_("The year counts"), required=False, choices=[(code, BASIS_LABELS[code]) for code in BASES]
    )
    dot = forms.ChoiceField(label=_("Round"), required=False)
    don_vi = forms.ChoiceField(label=_("Unit"), required=False)
    linh_vuc = forms.ChoiceField(label=_("Field of application"), required=False)
    ket_qua = forms.ChoiceField(label=_("Outcome"), required=False)
    ly_do = forms.ChoiceField(label=_("Why it was not recognised"), required=False)

    def __init__(self, data, *, choices):
        if not data:  # an address without a question asks for this year
            data = {"nam": str(timezone.localdate().year)}
        super().__init__(data)
        every = [("", _("All"))]
        self.fields["nam"].choices = [("", _("All years"))] + [(year, str(year)) for year in choices.years]
        self.fields["dot"].choices = [*every, *choices.rounds]
        self.fields["don_vi"].choices = [*every, *choices.units, (NONE, _("no unit written"))]
        self.fields["linh_vuc"].choices = [*every, *choices.fields, (NONE, _("no field written"))]
        self.fields["ket_qua"].choices = [*every, *OUTCOME_LABELS.items()]
        self.fields["ly_do"].choices = [*every, *REASON_LABELS.items()]

    def asked(self):
        """The usable answers as `Asked`, whatever else was sent."""
        self.is_valid()
        given = self.cleaned_data.get
        return Asked(
            year=given("nam"),
            basis=given("theo") or RECEIVED,
            round=given("dot", ""),
            unit=given("don_vi", ""),
            field=given("linh_vuc", ""),
            outcome=given("ket_qua", ""),
            reason=given("ly_do", ""),
            text=given("q", ""),
        )


class RegisterNoteForm(forms.Form):
    """The two columns no record fills. `seen` is the version the page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reward = NfcCharField(
        label=_("Commendation, remuneration"),
        help_text=_("For example: Giấy khen của Chủ tịch UBND phường, Quyết định số 31/QĐ-UBND."),
        max_length=300,
        required=False,
    )
    note = NfcCharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class YearTextsForm(forms.Form):
    """What no record knows of a year. `seen` is the version the page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    difficulties = NfcCharField(
        label=_("Difficulties"),
        help_text=_("A line each; they stand in part III of the report."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    proposals = NfcCharField(
        label=_("Proposals"),
        help_text=_("A line each; they stand in part IV of the report."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
