"""Forms of the results of an initiative: figures to measure, measurements, uses by units, verifying."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer
from people.models import Unit
from trust.uploads import CheckedFileField
from vietnamese.numbers import format_decimal, parse_decimal
from vietnamese.text import nfc

from ..benefits.ledger import Figure, Measured
from ..files import EVIDENCE
from ..models.exact import PLACES
from ..refusing import SENTENCES
from .answers import DateAnswer

_LARGEST = Decimal(10) ** 14
UNITS_OF_MEASURE = (
    gettext_lazy("VND a year"),
    gettext_lazy("hours a month"),
    gettext_lazy("minutes a visit"),
    gettext_lazy("visits a month"),
    gettext_lazy("dossiers a month"),
    "%",
)


class FigureAnswer(forms.CharField):
    """An exact number as it is written here: 1.234,5; at most four decimals."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return format_decimal(value, None, "vi") if isinstance(value, Decimal) else value

    def to_python(self, value):
        text = nfc(super().to_python(value))
        if not text:
            return None
        try:
            number = parse_decimal(text, places=PLACES)
        except ValueError:
            words = _("“%(text)s” is not a number with at most four decimals. Type for example 1.234,5.")
            raise forms.ValidationError(words % {"text": text}) from None
        if abs(number) >= _LARGEST:
            raise forms.ValidationError(_("The figure is too large. Check the number of zeros."))
        return number


class _LedgerForm(forms.Form):
    """`seen` is the version of the row the page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def seen_version(self):
        return self.cleaned_data.get("seen") or 0

    def refuse(self, refused):
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class IndicatorForm(_LedgerForm):
    name = TextAnswer(
        label=gettext_lazy("What is measured"),
        help_text=gettext_lazy("For example: waiting time at the counter."),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Write what is measured.")},
    )
    measured_in = TextAnswer(
        label=gettext_lazy("Unit of measure"),
        help_text=gettext_lazy("For example: VND a year, hours a month, visits."),
        max_length=60,
        required=True,
        error_messages={"required": gettext_lazy("Write the unit of measure.")},
    )
    baseline = FigureAnswer(
        label=gettext_lazy("Before the initiative"),
        error_messages={"required": gettext_lazy("Write how it was before.")},
    )
    promised = FigureAnswer(
        label=gettext_lazy("Promised in the dossier"),
        error_messages={"required": gettext_lazy("Write what was promised.")},
    )
    lower_is_better = forms.BooleanField(
        label=gettext_lazy("Less is better (waiting time, cost, errors)"), required=False
    )

    @property
    def suggestions(self):
        return UNITS_OF_MEASURE

    def figure(self):
        names = ("name", "measured_in", "baseline", "promised", "lower_is_better")
        return Figure(**{name: self.cleaned_data[name] for name in names})


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class MeasurementForm(_LedgerForm):
    value = FigureAnswer(
        label=gettext_lazy("Measured"), error_messages={"required": gettext_lazy("Write what was measured.")}
    )
    measured_on = DateAnswer(
        label=gettext_lazy("Day of the measurement"),
        required=True,
        error_messages={"required": gettext_lazy("Enter the day it was measured.")},
    )
    source = TextAnswer(
        label=gettext_lazy("How it was measured"),
        help_text=gettext_lazy("From which list or system, over which time, how many cases."),
        max_length=300,
        required=True,
        error_messages={"required": gettext_lazy("Write how it was measured.")},
    )
    file = CheckedFileField(
        policy=EVIDENCE,
        label=gettext_lazy("Evidence"),
        help_text=gettext_lazy("PDF, Word, Excel or a picture, at most 20 MB. Not public."),
        required=False,
    )

    def __init__(self, *args, needs_file=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = needs_file
        self.fields["file"].error_messages["required"] = SENTENCES["evidence_missing"]

    def measured(self):
        return Measured(**{name: self.cleaned_data[name] for name in ("value", "measured_on", "source")})


class AdoptionForm(_LedgerForm):
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit that uses it"),
        queryset=Unit.objects.none(),
        empty_label=gettext_lazy("Choose a unit"),
        error_messages={"required": gettext_lazy("Choose the unit.")},
    )
    start_on = DateAnswer(
        label=gettext_lazy("Used since"),
        required=True,
        error_messages={"required": gettext_lazy("Enter the day the use began.")},
    )
    how = TextAnswer(
        label=gettext_lazy("How it is used"),
        max_length=2000,
        rows=4,
        required=True,
        error_messages={"required": gettext_lazy("Write how it is used.")},
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class EndForm(_LedgerForm):
    last_day = DateAnswer(
        label=gettext_lazy("Last day of the use"),
        required=True,
        error_messages={"required": gettext_lazy("Enter the last day of the use.")},
    )


class VerifyForm(_LedgerForm):
    """Nothing to type: the figure stands above the button."""


class ReturnForm(_LedgerForm):
    reason = TextAnswer(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The authors read it."),
        max_length=2000,
        rows=3,
        required=True,
        error_messages={"required": SENTENCES["return_reason_missing"]},
    )
