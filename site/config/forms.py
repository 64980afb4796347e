"""One way to draw a form everywhere, and the fields whose errors Django words too shortly."""

import calendar
import re

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class PortalFormRenderer(TemplatesSetting):
    """`{{ form.field.as_field_group }}` uses components/field.html.

    The look's classes are put on there, by the tag `control`, so that no form class names them; a class
    in a widget's own `attrs` ("input-date", "input-short") is kept beside them.
    """

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class DayField(forms.DateField):
    """A date typed as dd/mm/yyyy; a wrong one is answered with what is wrong about it."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            reason = _what_is_wrong(str(value).strip())
            if reason is None:
                raise
            raise forms.ValidationError(reason, code="invalid") from None


def _what_is_wrong(text):
    match = _DAY_MONTH_YEAR.fullmatch(text)
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    if not 1 <= month <= 12:
        return _("There are only 12 months in a year. Type day, month, year, for example 02/03/2026.")
    days = calendar.monthrange(year, month)[1] if year else 31
    if day <= days:
        return None
    return _("Month %(month)s/%(year)s has only %(days)s days. Type it again, for example 02/03/2026.") % {
        "month": month,
        "year": year,
        "days": days,
    }
