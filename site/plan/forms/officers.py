"""An officer in charge: the appointment, its review."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer
from people.models import Staff
from people.service import position_of, primary_unit_of

from ..models import Officer, OfficerField
from .base import EntryForm, StepForm, last_day
from .fields import check_not_ahead, check_until, day, spoken


class OfficerForm(EntryForm):
    """Unit, name and position follow from the roster, as of the first day."""

    staff_code = TextAnswer(
        label=gettext_lazy("Staff code"),
        help_text=gettext_lazy("As on the roster. Name, position and unit follow from it."),
        max_length=30,
        required=True,
        error_messages={"required": gettext_lazy("Type the staff code.")},
    )
    fields_of = forms.MultipleChoiceField(
        label=gettext_lazy("In charge of"),
        choices=spoken(OfficerField.choices),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one field.")},
    )
    is_dedicated = forms.TypedChoiceField(
        label=gettext_lazy("How"),
        choices=spoken(
            [("yes", gettext_lazy("dedicated (chuyên trách)")), ("no", gettext_lazy("beside other work"))]
        ),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    decision_number = TextAnswer(
        label=gettext_lazy("Number of the decision"),
        help_text=gettext_lazy("For example 12/QĐ-UBND."),
        max_length=40,
        required=True,
        error_messages={"required": gettext_lazy("Type the number of the decision.")},
    )
    decided_on = day(gettext_lazy("Day of the decision"))
    start_on = day(gettext_lazy("In charge from"))
    last_day = last_day(gettext_lazy("Last day"), gettext_lazy("Empty while in charge."))
    review_on = day(
        gettext_lazy("To be reviewed by"),
        gettext_lazy("The coordinator is reminded 7, 3 and 1 days before. For example 31/12/2026."),
    )

    class Meta:
        model = Officer
        fields = ["is_dedicated", "decision_number", "decided_on", "start_on", "review_on"]

    field_order = [
        *("staff_code", "fields_of", "is_dedicated", "decision_number", "decided_on"),
        *("start_on", "last_day", "review_on", "files"),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["title"]
        if "files" in self.fields:
            self.fields["files"].label = _("Signed decision")
        if self.instance.pk:
            self.initial["staff_code"] = self.instance.staff.staff_code
            self.initial["fields_of"] = self.instance.fields
            self.initial["is_dedicated"] = "yes" if self.instance.is_dedicated else "no"

    def _limit_units(self):
        del self.fields["unit"]

    def clean_staff_code(self):
        code = self.cleaned_data["staff_code"]
        self.staff = Staff.objects.filter(staff_code=code).first()
        if self.staff is None:
            raise forms.ValidationError(_("Nobody has the staff code “%(code)s”.") % {"code": code})
        return code

    def check(self):
        check_until(self)
        check_not_ahead(self, "decided_on", self.today)
        start_on, review_on = self.cleaned_data.get("start_on"), self.cleaned_data.get("review_on")
        if start_on and review_on and review_on <= start_on:
            self.add_error("review_on", _("The review comes after the first day. Check both days."))
        staff = getattr(self, "staff", None)
        if staff and start_on:
            self._place(staff, start_on)

    def _place(self, staff, start_on):
        on = max(start_on, self.today)
        unit = primary_unit_of(staff, on) or primary_unit_of(staff, start_on)
        if unit is None:
            words = _("%(name)s has no unit on that day. The personnel officer enters it.")
            self.add_error("staff_code", words % {"name": staff.full_name})
            return
        row = self.instance
        row.staff, row.title, row.unit = staff, staff.full_name, unit
        row.position = position_of(staff, on) or position_of(staff, start_on)
        row.fields = self.cleaned_data.get("fields_of", [])


class ReviewForm(StepForm):
    """Rà soát: it stays as it is; until when the next review is due."""

    review_on = day(gettext_lazy("Next review by"))
    note = TextAnswer(
        label=gettext_lazy("What came of it"),
        max_length=1000,
        rows=3,
        required=True,
        error_messages={"required": gettext_lazy("Write what came of it.")},
    )

    def clean(self):
        cleaned = super().clean()
        review_on = cleaned.get("review_on")
        if review_on and review_on <= self.entry.review_on:
            words = _("The next review comes after the one that was due on %(day)s.")
            self.add_error("review_on", words % {"day": f"{self.entry.review_on:%d/%m/%Y}"})
        return cleaned
