"""What the reader of the trail looks for."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.forms import DayField
from trust.audit import Kind, actions

KINDS = {
    Kind.ACCESS: pgettext_lazy("audit", "Access"),
    Kind.APPLICATION: pgettext_lazy("audit", "Application"),
    Kind.SECURITY: pgettext_lazy("audit", "Security"),
}
_DAY = {"class": "input-date", "inputmode": "numeric", "autocomplete": "off"}


def _by_kind():
    """Actions by the kind of log they belong to."""
    ordered = sorted(actions(), key=lambda action: list(Kind).index(action.kind))
    for kind, group in groupby(ordered, key=lambda action: action.kind):
        yield KINDS[kind], sorted(((one.code, one.label) for one in group), key=lambda one: str(one[1]))


class TrailSearch(forms.Form):
    """Everything in a search may stay empty. `doi_tuong` is an object picked from a row: kind:key."""

    mark_optional = False
    nguoi = forms.CharField(
        label=_("Who"),
        required=False,
        max_length=150,
        help_text=_("A user name, a staff code, or a name. Marks don't matter."),
    )
    ma = forms.CharField(
        label=pgettext_lazy("audit", "Object"),
        required=False,
        max_length=80,
        help_text=_("The code of a dossier, or a user name."),
    )
    viec = forms.ChoiceField(label=pgettext_lazy("audit", "What happened"), required=False)
    loai = forms.ChoiceField(
        label=pgettext_lazy("audit", "Kind"),
        required=False,
        choices=[("", pgettext_lazy("audit kinds", "All")), *((kind.value, KINDS[kind]) for kind in Kind)],
    )
    tu_ngay = DayField(
        label=pgettext_lazy("audit", "From day"),
        required=False,
        widget=forms.DateInput(format="%d/%m/%Y", attrs=_DAY),
    )
    den_ngay = DayField(
        label=pgettext_lazy("audit", "To day"),
        required=False,
        widget=forms.DateInput(format="%d/%m/%Y", attrs=_DAY),
    )
    doi_tuong = forms.CharField(required=False, max_length=160, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["viec"].choices = [("", pgettext_lazy("audit actions", "All")), *_by_kind()]

    def clean(self):
        asked = super().clean()
        first, last = asked.get("tu_ngay"), asked.get("den_ngay")
        if first and last and first > last:
            self.add_error("den_ngay", _("This day is before the first. Choose a later one."))
        return asked
