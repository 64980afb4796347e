"""Fields that take what people type: Vietnamese dates and amounts, text of any origin. Refusals in words."""

import calendar
import re
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ideas.shares import ShareRefused, parse_share
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal, parse_decimal
from vietnamese.text import nfc

_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d+)")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CURRENCY = re.compile(r"(?<!\s)\s*(đ|đồng|vnd|vnđ)\.?$", re.IGNORECASE)
_LARGEST_AMOUNT = Decimal(10) ** 15 - 1


class DateAnswer(forms.DateField):
    """A day typed as 02/03/2026. `31/02/2026` is answered with how many days that month has."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": _placeholder}
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return short_date(value) if isinstance(value, date) else value

    def to_python(self, value):
        text = nfc(str(value or ""))
        if not text:
            return None
        day, month, year = _numbers_of(text)
        if not 1900 <= year <= 2100:
            raise forms.ValidationError(_("Write the year with four figures, for example 02/03/2026."))
        if not 1 <= month <= 12:
            raise forms.ValidationError(
                _("There is no month %(month)s. Type day, month, year, for example 02/03/2026.")
                % {"month": month}
            )
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            raise forms.ValidationError(
                _("Month %(month)s/%(year)s has only %(days)s days. Type it again, for example 02/03/2026.")
                % {"month": month, "year": year, "days": days}
            )
        return date(year, month, day)


_placeholder = gettext_lazy("dd/mm/yyyy")


def _numbers_of(text):
    if iso := _ISO_DATE.fullmatch(text):
        year, month, day = iso.groups()
    elif typed := _DATE.fullmatch(text):
        day, month, year = typed.groups()
        year = year if len(year) == 4 else "0"
    else:
        raise forms.ValidationError(
            _("“%(text)s” is not a date. Type day, month, year, for example 02/03/2026.") % {"text": text}
        )
    return int(day), int(month), int(year)


class AmountAnswer(forms.CharField):
    """Whole đồng, typed as 12.500.000 or 12500000."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return format_decimal(value, 0, "vi") if isinstance(value, Decimal) else value

    def to_python(self, value):
        text = _CURRENCY.sub("", nfc(super().to_python(value)))
        if not text:
            return None
        try:
            amount = parse_decimal(text, places=0)
        except ValueError:
            raise forms.ValidationError(
                _("“%(text)s” is not an amount in đồng. Type figures, for example 12.500.000.")
                % {"text": text}
            ) from None
        if amount < 0:
            raise forms.ValidationError(_("An amount saved cannot be negative. Type 0 or more."))
        if amount > _LARGEST_AMOUNT:
            raise forms.ValidationError(_("The amount is too large. Check the number of zeros."))
        return amount


_SHARE_WORDS = {
    "not_a_number": gettext_lazy("“%(text)s” is not a number. Type a share, for example 33,33."),
    "too_many_places": gettext_lazy("“%(text)s” has more than two decimals. Type for example 33,33."),
    "not_positive": gettext_lazy("“%(text)s” is not above 0. Whoever has no share is not an author."),
    "over_100": gettext_lazy("“%(text)s” is above 100. All shares together make 100,00 %%."),
}


class ShareAnswer(forms.CharField):
    """A share in percent, exact to two decimals."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "input-short", "data-share": ""}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("error_messages", {"required": gettext_lazy("Type the share, for example 33,33.")})
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return format_decimal(value, 2, "vi") if isinstance(value, Decimal) else value

    def to_python(self, value):
        text = nfc(super().to_python(value))
        if not text:
            return None
        try:
            return parse_share(text.removesuffix("%").strip())
        except ShareRefused as refused:
            raise forms.ValidationError(
                str(_SHARE_WORDS[refused.code]) % {"text": text}, code=refused.code
            ) from None


class YesNoAnswer(forms.TypedChoiceField):
    """Yes, no, or not answered yet (None)."""

    def __init__(self, *, yes, no, **kwargs):
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value) if not isinstance(value, str) else value
