"""Forms of the money of a task: whole dong, written the Vietnamese way."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from vietnamese.numbers import format_decimal, parse_decimal
from vietnamese.text import nfc

from ..tasks.budget import Typed
from ..tasks.money import source_choices
from .tasks import ReasonForm, StepForm

_CURRENCY = re.compile(r"(?<!\s)\s*(đ|đồng|vnd|vnđ)\.?$", re.IGNORECASE)
_MOST = 10**15
__all__ = ["LineForm", "ReasonForm"]


class DongAnswer(forms.CharField):
    """Whole dong: 120.000.000, "120.000.000 đồng"."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return format_decimal(value, 0, "vi") if isinstance(value, int) else value

    def to_python(self, value):
        text = _CURRENCY.sub("", nfc(super().to_python(value)))
        if not text:
            return None
        try:
            number = parse_decimal(text, places=0)
        except ValueError:
            words = _("“%(text)s” is not an amount in whole dong. Type for example 120.000.000.")
            raise forms.ValidationError(words % {"text": text}) from None
        if number < 0:
            raise forms.ValidationError(_("An amount is not below zero."))
        if number >= _MOST:
            raise forms.ValidationError(_("The amount is too large. Check the number of zeros."))
        return int(number)


class LineForm(StepForm):
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    source = forms.ChoiceField(label=pgettext_lazy("money", "Source"), widget=forms.RadioSelect)
    estimate = DongAnswer(
        label=gettext_lazy("Estimate, VND"),
        help_text=gettext_lazy("In whole dong, for example 120.000.000."),
        error_messages={"required": gettext_lazy("Enter the estimate; 0 where there is none.")},
    )
    spent = DongAnswer(label=gettext_lazy("Spent, VND"), required=False)
    document = TextAnswer(
        label=gettext_lazy("Number of the document"),
        help_text=gettext_lazy("For example: 45/QĐ-UBND."),
        max_length=60,
    )
    note = TextAnswer(label=gettext_lazy("Note"), max_length=500, rows=2)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]
        self.fields["source"].choices = source_choices()

    def typed(self):
        given = self.cleaned_data
        return Typed(
            given["year"],
            given["source"],
            given["estimate"],
            given["spent"] or 0,
            given["document"],
            given["note"],
        )
