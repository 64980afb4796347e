"""What a person says about themselves, and what they agree to."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.forms import DayField
from editing.fields import TextAnswer
from vietnamese.dates import short_date

from .. import reasons
from ..entering import about, agreeing

_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class AboutForm(forms.Form):
    """Only the fields the rules of the competition ask of this person."""

    full_name = TextAnswer(
        label=gettext_lazy("Full name"),
        max_length=120,
        required=True,
        error_messages={"required": gettext_lazy("Write the full name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    birth_date = DayField(
        label=gettext_lazy("Date of birth"),
        input_formats=_FORMATS,
        help_text=gettext_lazy("Day, month, year. Asked because the rules set an age limit."),
        error_messages={
            "required": gettext_lazy("The rules set an age limit. Write the date of birth."),
            "invalid": gettext_lazy("This is no date. Type day, month, year, for example 02/03/2006."),
        },
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "bday"}),
    )
    place = TextAnswer(
        label=gettext_lazy("Residential group, school or workplace in the ward"),
        max_length=200,
        help_text=gettext_lazy("Only people who live, study or work in the ward may enter."),
        required=True,
        error_messages={
            "required": gettext_lazy("Write the residential group, school or workplace in the ward.")
        },
    )
    phone = TextAnswer(
        label=gettext_lazy("Telephone"),
        max_length=40,
        help_text=gettext_lazy("For questions of the organisers, if a letter does not reach you."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, competition, participant, data=None):
        self.competition, self.participant = competition, participant
        self.asked = about.asked_of(competition, participant)
        super().__init__(data, initial={name: getattr(participant, name) for name in self.asked})
        for name in self.base_fields.keys() - set(self.asked):
            del self.fields[name]

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if day and not 1900 <= day.year <= timezone.localdate().year:
            raise forms.ValidationError(
                _("%(day)s cannot be a date of birth. Check the year.") % {"day": short_date(day)}
            )
        return day

    def answers(self):
        return {name: self.cleaned_data[name] for name in self.asked}

    def clean(self):
        """Eligibility is said at once, by its field where it has one."""
        values = super().clean()
        if not self.errors:
            answers = {name: values[name] for name in self.asked}
            self.refuse(about.refusal_with(self.competition, self.participant, answers, timezone.now()))
        return values

    def refuse(self, refusal):
        if refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, reasons.sentence(refusal))


class ConsentsField(forms.MultipleChoiceField):
    """One box a purpose; a new person finds none of them ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, asked=(), **kwargs):
        super().__init__(required=False, choices=[(a.code, a.label) for a in asked], **kwargs)


class ConsentsForm(forms.Form):
    """Consents of one person for one competition."""

    mark_optional = False

    def __init__(self, competition, participant, data=None):
        self.asked = agreeing.asked_of(participant, competition)
        given = [a.code for a in self.asked if a.given_at]
        super().__init__(data, initial={"consents": given})
        self.fields["consents"] = ConsentsField(self.asked, label=_("What you agree to"))

    def rows(self):
        """(purpose, its box) in order."""
        return list(zip(self.asked, self["consents"], strict=True))

    def wanted(self):
        return self.cleaned_data["consents"]

    def refuse(self, refusal):
        self.add_error("consents", reasons.sentence(refusal))


class JoinForm(AboutForm):
    """An invited person's own answers and consents, on the page where they say yes."""

    def __init__(self, competition, participant, data=None):
        super().__init__(competition, participant, data)
        self.purposes = agreeing.asked_of(participant, competition)
        self.fields["consents"] = ConsentsField(self.purposes, label=_("What you agree to"))

    def rows(self):
        return list(zip(self.purposes, self["consents"], strict=True))

    def wanted(self):
        return self.cleaned_data["consents"]
