"""Forms of one target: a figure, evidence, units, expected values, the definition."""

import json

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from config.forms import DayField
from editing.fields import TextAnswer
from editing.merging import posted_base
from people.models import Unit

from ..loading import YEARS
from ..models import Comparator, Part
from ..targets import expecting
from ..targets.defining import Wording
from ..targets.figures import Figure, asks_denominator
from ..targets.refusing import Refused
from ..targets.reporting import EVIDENCE
from .numbers import EvidenceField, NumberAnswer

_READ_AS = gettext_lazy("1.234 is a thousand two hundred and thirty-four; 95,5 and 95.5 are the same.")
_FILES = format_lazy(
    gettext_lazy("PDF, Word, Excel or pictures; at most {count} files of 20 MB each. Not public."),
    count=EVIDENCE.max_files,
)


class _Refusing(forms.Form):
    def not_optional(self, *names):
        """Fields another answer asks for: empty they pass here and are refused there, so no label calls them
        optional."""
        for name in names:
            self.fields[name].mark_optional = False

    def refuse(self, refused):
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class FigureForm(_Refusing):
    """What one unit reports for one year, by the definition in force on the day of the figures. `base` is
    what stood when the page was drawn."""

    base = forms.CharField(widget=forms.HiddenInput, required=False)
    as_of = DayField(
        label=gettext_lazy("Figures as of"),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("Day, month, year, for example 30/09/2026."),
        error_messages={"required": gettext_lazy("Type the day the figures are of.")},
    )
    numerator = NumberAnswer(label=pgettext_lazy("plan", "Number"), help_text=_READ_AS)
    denominator = NumberAnswer(
        label=gettext_lazy("Out of"),
        help_text=gettext_lazy("Type 0 if there was nothing to count: then there is no percentage."),
    )
    is_met = forms.TypedChoiceField(
        label=gettext_lazy("Is the target reached?"),
        choices=[("yes", gettext_lazy("Yes, reached")), ("no", gettext_lazy("Not reached yet"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = TextAnswer(label=gettext_lazy("In words"), max_length=3000, rows=4)
    source = TextAnswer(
        label=gettext_lazy("Where the figures come from"),
        help_text=gettext_lazy("Which system, list or report."),
        max_length=300,
    )
    reason = TextAnswer(
        label=gettext_lazy("Why it is corrected"),
        help_text=gettext_lazy("Needed only if a figure of this day or a later one stands already."),
        max_length=1000,
        rows=2,
    )
    files = EvidenceField(
        policy=EVIDENCE,
        label=gettext_lazy("Evidence"),
        help_text=_FILES,
        required=False,
    )

    def __init__(self, definition, data=None, files=None, *, has_value=False, in_place_of=None, **kwargs):
        """`in_place_of` is the unit, where somebody else types for it."""
        super().__init__(data, files, **kwargs)
        if definition.is_measurable:
            del self.fields["is_met"]
            self.fields["numerator"].label = (
                definition.numerator or definition.indicator or pgettext("plan", "Number")
            )
            self.fields["numerator"].required = True
            self.fields["numerator"].error_messages["required"] = _("Type the number.")
            self.fields["words"].label = _("Remark")
            if asks_denominator(definition):
                self.fields["denominator"].label = definition.denominator or _("Out of")
                self.fields["denominator"].required = True
                self.fields["denominator"].error_messages["required"] = _(
                    "Type the number it is out of; 0 if there was nothing to count."
                )
            else:
                del self.fields["denominator"]
        else:
            del self.fields["numerator"], self.fields["denominator"]
            self.fields["words"].label = _("What was done")
            self.not_optional("words", "is_met")
        if not has_value and not in_place_of:
            self.fields["reason"].help_text = _("Needed only if the report of the year was accepted already.")
        if in_place_of:
            reason = self.fields["reason"]
            reason.label = _("Why you type in the unit's place")
            reason.help_text = _("The unit is told and reads it.")
            reason.required = True
            refused = Refused("reason_missing_in_place", unit=in_place_of.name)
            reason.error_messages["required"] = refused.sentence

    def figure(self):
        data = self.cleaned_data
        return Figure(
            as_of=data["as_of"],
            numerator=data.get("numerator"),
            denominator=data.get("denominator"),
            words=data.get("words", ""),
            is_met=data.get("is_met"),
            source=data.get("source", ""),
        )


def day_typed(data):
    """The day of the figures in a posted form, or None where it is none: it decides which definition asks."""
    try:
        return DayField().to_python((data or {}).get("as_of", ""))
    except forms.ValidationError:
        return None


class EvidenceForm(_Refusing):
    files = EvidenceField(
        policy=EVIDENCE,
        label=gettext_lazy("Evidence"),
        help_text=_FILES,
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


class OwnersForm(_Refusing):
    """One choice for each unit that has a part, and one more unit."""

    PARTS = [
        (Part.LEAD, capfirst(pgettext_lazy("unit's part", "leads"))),
        (Part.COORDINATE, capfirst(pgettext_lazy("unit's part", "co-operates"))),
    ]
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, parts, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[f"part_{part.unit_id}"] = forms.ChoiceField(
                label=part.unit.name,
                choices=[*self.PARTS, ("", capfirst(_("no part any more")))],
                initial=part.part,
                required=False,
            )
            self.not_optional(f"part_{part.unit_id}")
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("One more unit"),
            queryset=Unit.objects.order_by("order", "code"),
            required=False,
            empty_label=_("No other unit"),
        )
        self.fields["unit_part"] = forms.ChoiceField(
            label=_("Its part"), choices=self.PARTS, initial=Part.LEAD, required=False
        )
        self.not_optional("unit_part")
        self.fields["reason"] = TextAnswer(
            label=_("Reason"),
            help_text=_("Needed where a confirmed unit no longer leads. The units read it."),
            max_length=1000,
            rows=2,
        )

    def wanted(self):
        """[(unit, part)]: leading units first, otherwise in the order that stands."""
        data = self.cleaned_data
        found = [(part.unit, data[f"part_{part.unit_id}"]) for part in self.parts]
        if data["unit"]:
            found.append((data["unit"], data["unit_part"] or Part.LEAD))
        return sorted([one for one in found if one[1]], key=lambda one: one[1] != Part.LEAD)


class ExpectedForm(_Refusing):
    """One number a year; an empty one says that nobody has said."""

    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, target, definition, data=None, **kwargs):
        stored = expecting.stored(target)
        initial = {name: value and value.replace(".", ",") for name, value in stored.items()}
        initial["base"] = json.dumps(expecting.base_of(stored), separators=(",", ":"))
        super().__init__(data, initial=initial, **kwargs)
        self.definition = definition
        for year in YEARS:
            label = _("Expected by the end of %(year)s") % {"year": year}
            if definition.measured_in:
                label = f"{label} ({definition.measured_in})"
            self.fields[expecting.name_of(year)] = NumberAnswer(label=label)

    def clean(self):
        for year in YEARS:
            name = expecting.name_of(year)
            number = self.cleaned_data.get(name)
            if number is not None and self.definition.is_share and number > 100:
                self.add_error(name, _("A share cannot pass 100 %. Type a number from 0 to 100."))
        return self.cleaned_data

    def numbers(self):
        """{name of the year: Decimal or None}."""
        return {name: self.cleaned_data[name] for name in map(expecting.name_of, YEARS)}

    @property
    def posted_base(self):
        return posted_base(self.cleaned_data.get("base") or "{}")


class DefinitionForm(_Refusing):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    indicator = TextAnswer(label=gettext_lazy("Indicator"), max_length=300)
    is_measurable = forms.TypedChoiceField(
        label=gettext_lazy("Has it a number?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No, it is told in words"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it has a number.")},
    )
    numerator = TextAnswer(label=gettext_lazy("What is counted"), max_length=300, rows=2)
    denominator = TextAnswer(
        label=gettext_lazy("Out of what"),
        help_text=gettext_lazy("For percentages. Leave it empty for a count."),
        max_length=300,
        rows=2,
    )
    measured_in = TextAnswer(
        label=gettext_lazy("Measured in"),
        help_text=gettext_lazy("% for a percentage, else for example classes, models."),
        max_length=40,
    )
    comparator = forms.ChoiceField(
        label=gettext_lazy("The goal is"),
        choices=[("", gettext_lazy("Choose")), *Comparator.choices],
        required=False,
    )
    goal = NumberAnswer(label=gettext_lazy("Goal"), help_text=_READ_AS)
    goal_upper = NumberAnswer(
        label=gettext_lazy("Goal, upper bound"),
        help_text=gettext_lazy("Only where the plan gives two, as in “1 - 2 classes”."),
    )
    source = TextAnswer(label=gettext_lazy("Where the figures come from"), max_length=300)
    in_force_on = DayField(
        label=gettext_lazy("In force from"),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("Figures as of an earlier day keep the definition of before."),
        error_messages={"required": gettext_lazy("Type the day it is in force from.")},
    )
    reason = TextAnswer(
        label=gettext_lazy("Reason"),
        max_length=1000,
        rows=3,
        required=True,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.not_optional("numerator", "measured_in", "comparator", "goal")
        self.fields["reason"].error_messages["required"] = Refused("define_reason_missing").sentence

    def wording(self):
        data = dict(self.cleaned_data)
        is_measurable = data["is_measurable"]
        names = ("numerator", "denominator", "comparator", "measured_in") if is_measurable else ()
        return Wording(
            indicator=data["indicator"],
            is_measurable=is_measurable,
            source=data["source"],
            goal=data["goal"] if is_measurable else None,
            goal_upper=data["goal_upper"] if is_measurable else None,
            **{name: data[name] for name in names},
        )
