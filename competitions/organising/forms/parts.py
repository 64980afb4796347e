"""What the forms of organisers are made of."""

import re
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField
from vietnamese.text import nfc

from .. import words

_SHAPES = (
    re.compile(r"(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})[ ,]+(?P<hour>\d{1,2})[:h.](?P<minute>\d{2})"),
    re.compile(r"(?P<hour>\d{1,2})[:h.](?P<minute>\d{2})[ ,]+(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"),
)
_EXAMPLE = _("Type day and hour like 25/12/2026 17:00.")


class OrganiserForm(forms.Form):
    """A form whose act may be refused; `seen` is what the page was drawn from."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def refuse(self, refused):
        """Puts the answer by its field, or above the form."""
        sentence = words.refusal(refused.code, refused.params)
        self.add_error(refused.field if refused.field in self.fields else None, sentence)

    @property
    def seen_number(self):
        text = self.cleaned_data.get("seen", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else -1


class LineField(forms.CharField):
    """Text in NFC."""

    def to_python(self, value):
        return nfc(super().to_python(value)).strip()


class WordsField(LineField):
    """Several lines; a browser sends each with two characters at its end."""

    def __init__(self, *, rows=4, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def reason(help_text=None):
    return WordsField(
        label=_("Reason"),
        help_text=help_text or _("Stands in the log of the competition."),
        max_length=1000,
        rows=3,
        error_messages={"required": _("Write the reason.")},
    )


class MomentInput(forms.DateTimeInput):
    """As it is typed: 25/12/2026 17:00."""

    def __init__(self):
        super().__init__(
            format="%d/%m/%Y %H:%M", attrs={"class": "input-date", "autocomplete": "off", "inputmode": "text"}
        )


class MomentField(forms.Field):
    """One moment to the minute, dd/mm/yyyy hh:mm in Hải Phòng; a wrong one is answered with what is wrong."""

    widget = MomentInput
    default_error_messages = {
        "required": _EXAMPLE,
        "invalid": _EXAMPLE,
        "hour": _("A day has hours 00:00 to 23:59."),
    }

    def to_python(self, value):
        text = " ".join(str(value or "").split())
        if not text:
            return None
        if isinstance(value, datetime):
            return value
        found = next((match for shape in _SHAPES if (match := shape.fullmatch(text))), None)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        day = DayField().to_python(re.sub("[.-]", "/", found["day"]))
        hour, minute = int(found["hour"]), int(found["minute"])
        if hour > 23 or minute > 59:
            raise forms.ValidationError(self.error_messages["hour"], code="invalid")
        return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))

    def prepare_value(self, value):
        return timezone.localtime(value) if isinstance(value, datetime) else value

    def has_changed(self, initial, data):
        return self.to_python(initial) != self.to_python(data)


def number(label, most, *, least=0, required=True, **kwargs):
    """A whole number in a short box."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
        **kwargs,
    )
