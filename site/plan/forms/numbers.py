"""Fields that take figures as people here type them, and files that show them."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _

from trust.uploads import UploadRefused, check_file_count, check_upload
from vietnamese.numbers import format_decimal, parse_decimal
from vietnamese.text import nfc

PLACES = 4
_LARGEST = Decimal(10) ** 14
# "1,234" is one and a bit here and a thousand elsewhere; "0,125" is not in doubt.
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+")


def read_number(text):
    """The exact number in `text`, or ValidationError saying what to type instead. "95,5" and "95.5" are
    the same; "1.234" is a thousand, as it is written here; "1,234" is asked back."""
    text = nfc(text)
    if _DOUBTFUL.fullmatch(text):
        raise forms.ValidationError(_doubt(text), code="doubtful")
    if _ENGLISH.fullmatch(text):
        whole = text.replace(",", "").replace(".", ",")
        words = _("“%(text)s” is written the English way. Type %(whole)s.")
        raise forms.ValidationError(words % {"text": text, "whole": whole}, code="english")
    try:
        number = parse_decimal(text, places=PLACES)
    except ValueError:
        words = _("“%(text)s” is not a number with at most four decimals. Type for example 1.234 or 95,5.")
        raise forms.ValidationError(words % {"text": text}, code="not_a_number") from None
    if number < 0:
        words = _("“%(text)s” is below 0. Type 0 or more.")
        raise forms.ValidationError(words % {"text": text}, code="negative")
    if number >= _LARGEST:
        raise forms.ValidationError(
            _("The figure is too large. Check the number of zeros."), code="too_large"
        )
    return abs(number)  # -0 is 0


def written(number):
    """The number as it is typed here, so that `read_number` reads the very same: "5,1250" is in no doubt."""
    text = format_decimal(number, None, "vi")
    return f"{text}0" if _DOUBTFUL.fullmatch(text) else text


def _doubt(text):
    whole = text.replace(",", "")
    if text.count(",") > 1:
        words = _("“%(text)s” can be read in two ways. For %(grouped)s, type %(whole)s or %(grouped)s.")
    else:
        words = _(
            "“%(text)s” can be read in two ways. For the whole number type %(whole)s or %(grouped)s; for a "
            "number "
            "with decimals type %(decimal)s."
        )
    return words % {
        "text": text,
        "whole": whole,
        "grouped": format_decimal(Decimal(whole), 0, "vi"),
        "decimal": f"{text}0",
    }


class NumberAnswer(forms.CharField):
    """A figure of 0 or more with at most four decimals, or None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "input-date"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return written(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        text = nfc(super().to_python(value))
        return read_number(text) if text else None


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else list(filter(None, [files.get(name)]))


class EvidenceField(forms.FileField):
    """Several files, each checked by its content; an error names the file it is about."""

    def __init__(self, *, policy, **kwargs):
        self.policy = policy
        kwargs.setdefault("widget", ManyFilesInput(attrs={"accept": policy.accept}))
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        files = list(data or [])
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        check_file_count(len(files), self.policy)
        wrong = []
        for file in files:
            try:
                check_upload(file, self.policy)
            except UploadRefused as refused:
                wrong.append(f"{file.name}: {refused}" if file.name not in str(refused) else str(refused))
        if wrong:
            raise forms.ValidationError(wrong)
        return files
