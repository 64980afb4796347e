"""Fields of the books: days, hours, counted people, one file or several. Refusals in words."""

import re

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.forms import DayField
from trust.uploads import check_upload
from vietnamese.numbers import format_decimal, parse_decimal
from vietnamese.text import nfc

MOST_PEOPLE = 1_000_000
MOST_AT_ONCE = 5  # files of one sending
_WORD_BEHIND = re.compile(r"(?<!\s)\s*(người|lượt người|lượt|phút|people|minutes)\.?$", re.IGNORECASE)


def spoken(choices):
    """Choices of a list to tick: in a sentence their words are small, on a form they begin with a capital."""
    return [(value, capfirst(label)) for value, label in choices]


def day(label, help_text="", required=True):
    return DayField(
        label=label,
        help_text=help_text or gettext_lazy("Day/month/year, for example 26/11/2026."),
        required=required,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "input-date", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages={"required": gettext_lazy("Type the day, for example 26/11/2026.")},
    )


def hour(label):
    return forms.TimeField(
        label=label,
        help_text=gettext_lazy("For example 08:00."),
        input_formats=["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "input-date", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Type the hour, for example 08:00."),
            "invalid": gettext_lazy("Type the hour like 08:00."),
        },
    )


class CountField(forms.CharField):
    """How many, as people write it: 1200, 1.200 or "1.200 người"."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "input-short"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return format_decimal(value, 0, "vi") if isinstance(value, int) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except forms.ValidationError:
            return True

    def to_python(self, value):
        text = nfc(super().to_python(value))
        if not text:
            return None
        try:
            number = parse_decimal(_WORD_BEHIND.sub("", text), places=0)
        except ValueError:
            words = _("“%(text)s” is not a whole number. Type figures alone, for example 1.200.")
            raise forms.ValidationError(words % {"text": text}) from None
        if number < 0:
            raise forms.ValidationError(_("There cannot be fewer than none. Type 0 or more."))
        if number > MOST_PEOPLE:
            raise forms.ValidationError(_("The number is too large. Check the number of zeros."))
        return int(number)


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, each checked by its content; cleaned to a list, each with `.checked`."""

    def __init__(self, *, policy, **kwargs):
        self.policy = policy
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", ManyFiles())
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("There are %(count)d files, at most %(most)d at once. Add the others afterwards.")
                % {"count": len(files), "most": MOST_AT_ONCE}
            )
        for file in files:
            file.checked = check_upload(file, self.policy)
        return files

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": self.policy.accept}


def check_until(form, first="start_on", last="last_day"):
    """The last day may not be before the first one."""
    begins, ends = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if begins and ends and ends < begins:
        form.add_error(
            last,
            _("The last day is before the first one (%(day)s). Check both.") % {"day": f"{begins:%d/%m/%Y}"},
        )


def check_not_ahead(form, name, today):
    """What is said to have happened lies not in the future."""
    value = form.cleaned_data.get(name)
    if value and value > today:
        form.add_error(name, _("This day is still to come. Enter it once it has taken place."))
