"""Boxes of consent in a form."""

from django import forms

from .consents import purpose_of


def box_name(purpose_code):
    return f"agree-{purpose_code}"


class ConsentBoxes(forms.Form):
    """One box for each purpose, never ticked beforehand; `agreed` are the codes ticked."""

    purposes = ()

    def add_purposes(self, codes, ticked=()):
        for code in codes:
            purpose = purpose_of(code)
            self.fields[box_name(code)] = forms.BooleanField(
                label=purpose.label, help_text=purpose.text, required=False, initial=code in ticked
            )
        self.purposes = tuple(codes)

    @property
    def agreed(self):
        return frozenset(code for code in self.purposes if self.cleaned_data.get(box_name(code)))
