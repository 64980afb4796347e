"""What is typed about competencies: self-assessment, evidence, what positions need."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..competency.evidence import BY_HAND
from . import parts


class SelfAssessmentForm(forms.Form):
    """A choice of level for each area; the ones left open stay as they were."""

    mark_optional = False

    def __init__(self, *args, areas, last, **kwargs):
        super().__init__(*args, **kwargs)
        levels = [(0, pgettext_lazy("level", "0. Not yet")), *parts.level_choices()]
        self.areas = areas
        for area in areas:
            self.fields[f"area_{area.topic}"] = forms.TypedChoiceField(
                label=area.name,
                choices=levels,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                required=False,
                initial=last.get(area.pk),
                help_text="; ".join(one.name for one in area.competencies.all()) + ".",
            )

    def levels(self):
        """`{area key: level}` of what was chosen."""
        chosen = {area.pk: self.cleaned_data[f"area_{area.topic}"] for area in self.areas}
        return {area: level for area, level in chosen.items() if level is not None}


class EvidenceForm(parts.ClaimForm):
    area = forms.ModelChoiceField(
        None, label=gettext_lazy("Area"), to_field_name="topic", empty_label=gettext_lazy("Choose")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of evidence"),
        widget=forms.RadioSelect,
    )
    level = forms.TypedChoiceField(label=gettext_lazy("Level it shows"), coerce=int, widget=forms.RadioSelect)
    source = parts.LineField(
        label=gettext_lazy("What shows it"),
        max_length=200,
        help_text=gettext_lazy("The test and its number, the work, the document."),
    )
    shown_on = parts.day(gettext_lazy("Day"))

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas
        self.fields["kind"].choices = [(kind.value, capfirst(kind.label)) for kind in BY_HAND]
        self.fields["level"].choices = parts.level_choices()


class WithdrawForm(parts.ClaimForm):
    reason = parts.WordsField(label=gettext_lazy("Why it no longer holds"), max_length=300)


class TargetsForm(forms.Form):
    """A level for each position and area, 0 where none is needed. Rows are drawn by the page."""

    mark_optional = False

    def __init__(self, *args, positions, areas, stored, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.cells = {}
        choices = [(0, pgettext_lazy("level", "none")), *((number, str(number)) for number in levels)]
        for position in positions:
            for area in areas:
                name = f"p{position.pk}_{area.topic}"
                self.cells[name] = (position.pk, area.pk)
                self.fields[name] = forms.TypedChoiceField(
                    label=f"{position.name}: {area.name}",
                    choices=choices,
                    coerce=int,
                    initial=stored.get((position.pk, area.pk), 0),
                )
        self._rows = [
            (position, [f"p{position.pk}_{area.topic}" for area in areas]) for position in positions
        ]

    def rows(self):
        """(position, its fields in the order of the areas)."""
        return [(position, [self[name] for name in names]) for position, names in self._rows]

    def wanted(self):
        return {key: self.cleaned_data[name] for name, key in self.cells.items()}
