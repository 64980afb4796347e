"""What the forms of the workflow's steps are made of."""

from django import forms

from vietnamese.text import nfc

from ..reasons import words_of

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class WordsField(forms.CharField):
    """A few sentences. `reason` is the workflow's code for their absence, so that both say the same."""

    def __init__(self, reason, *, rows=4, **kwargs):
        kwargs.setdefault("max_length", 4000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(error_messages={"required": words_of(reason)}, **kwargs)

    def clean(self, value):
        return nfc(super().clean(value))


class DayField(forms.DateField):
    """A day typed as dd/mm/yyyy."""

    def __init__(self, reason, **kwargs):
        super().__init__(
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"required": words_of(reason)},
            **kwargs,
        )


class StepForm(forms.Form):
    """What one step asks for. `brought()` is what goes to `workflow.move`.

    `seen` is the last line of the history when the page was drawn: a second click, or a second browser,
    finds the step taken since.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data=None, files=None, *, initiative, user, seen=0):
        super().__init__(data, files, initial={"seen": seen})
        self.initiative, self.user = initiative, user
        self.fit()

    def fit(self):
        """Fits the fields to the dossier."""

    def brought(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def has_file(self):
        return self.is_multipart()

    def refuse(self, field, sentence):
        """Puts the workflow's answer by its field, or above the form where it belongs to none."""
        self.add_error(field if field in self.fields else None, sentence)
