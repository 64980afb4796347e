"""What is typed about courses taken elsewhere and exemptions."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from trust.uploads import CheckedFileField

from ..credits import CERTIFICATE, MOST_MINUTES, Handed
from ..exemptions import Asked
from . import parts


class CreditForm(parts.ClaimForm):
    staff_code = parts.StaffCodeField(label=gettext_lazy("Whose course: staff code"))
    title = parts.LineField(label=gettext_lazy("Name of the course"), max_length=200)
    issuer = parts.LineField(label=gettext_lazy("Who gave the certificate"), max_length=200)
    completed_on = parts.day(gettext_lazy("Day the course ended"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of learning"),
        min_value=1,
        max_value=MOST_MINUTES,
        help_text=gettext_lazy("One lesson is 45 minutes: 4 lessons are 180."),
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    certificate_number = parts.LineField(
        label=gettext_lazy("Certificate number"), max_length=60, required=False
    )
    requirement = parts.requirement()
    topics = parts.topics(help_text=gettext_lazy("Tick what the course taught, if it is known."))
    file = CheckedFileField(
        policy=CERTIFICATE,
        label=gettext_lazy("Certificate"),
        help_text=gettext_lazy("A scan or a clear photo: PDF, JPG or PNG."),
        error_messages={"required": gettext_lazy("Choose the file of the certificate.")},
    )

    def __init__(self, *args, for_others, **kwargs):
        super().__init__(*args, **kwargs)
        if not for_others:
            del self.fields["staff_code"]

    def handed(self) -> Handed:
        given = {
            name: value for name, value in self.cleaned_data.items() if name not in ("staff_code", "file")
        }
        return Handed(**given | {"topics": tuple(given["topics"])})


class VerifyForm(parts.ClaimForm):
    topics = parts.topics(
        help_text=gettext_lazy("As the certificate shows. With none ticked, no competency is recorded.")
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level it shows"), coerce=int, widget=forms.RadioSelect, initial=1
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = parts.level_choices()


class RefuseForm(parts.ClaimForm):
    reason = parts.WordsField(
        label=gettext_lazy("Why it is not accepted"),
        max_length=500,
        help_text=gettext_lazy("The person reads it: what is wrong, and what to do."),
    )


class RefuseExemptionForm(parts.ClaimForm):
    reason = parts.WordsField(
        label=gettext_lazy("Why it is not approved"),
        max_length=500,
        help_text=gettext_lazy("The person and whoever asked read it. Write nothing about health here."),
    )


class ApproveForm(parts.ClaimForm):
    decision_number = parts.LineField(
        label=gettext_lazy("Number of the decision"), max_length=60, required=False
    )


class AskForm(parts.ClaimForm):
    staff_code = parts.StaffCodeField(label=gettext_lazy("Who is to be exempt: staff code"))
    requirement = parts.requirement()
    start_on = parts.day(pgettext_lazy("day", "From"))
    last_day = parts.day(
        gettext_lazy("Until the end of"),
        required=False,
        help_text=gettext_lazy("The last day of the exemption. Empty: no end is set."),
    )
    reason = parts.WordsField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        help_text=gettext_lazy("Read by the personnel officer alone."),
    )
    decision_number = parts.LineField(
        label=gettext_lazy("Number of the decision, if there is one"), max_length=60, required=False
    )

    def __init__(self, *args, for_others, **kwargs):
        super().__init__(*args, **kwargs)
        if not for_others:
            del self.fields["staff_code"]

    def asked(self) -> Asked:
        """People type the last day; what is kept is the day after it."""
        given = self.cleaned_data
        last_day = given["last_day"]
        return Asked(
            requirement=given["requirement"],
            start_on=given["start_on"],
            end_before=last_day + timedelta(days=1) if last_day else None,
            reason=given["reason"],
            decision_number=given["decision_number"],
        )
