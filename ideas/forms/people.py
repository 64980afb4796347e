"""Forms about people: co-authors from the roster and outside it, participants, answering for a share."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer
from ideas.files import SCAN

from .answers import DateAnswer, ShareAnswer


class RosterAuthorForm(forms.Form):
    """One of the people found, and their share."""

    mark_optional = False

    def __init__(self, found, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["staff"] = forms.ChoiceField(
            label=_("Who"),
            choices=[(str(person.pk), person.full_name) for person in found],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose a person."),
                "invalid_choice": _("This person is not on the roster today. Search again."),
            },
        )
        self.fields["share"] = ShareAnswer(label=_("Share (%)"))


class PersonForm(forms.Form):
    """How the application describes a person."""

    full_name = TextAnswer(
        label=gettext_lazy("Full name"),
        max_length=120,
        required=True,
        error_messages={"required": gettext_lazy("Write the full name.")},
    )
    birth_date = DateAnswer(
        label=gettext_lazy("Date of birth"), help_text=gettext_lazy("Day, month, year: 02/03/1985.")
    )
    workplace = TextAnswer(label=gettext_lazy("Workplace or residence"), max_length=250)
    job_title = TextAnswer(label=gettext_lazy("Job title"), max_length=120)
    qualification = TextAnswer(label=gettext_lazy("Professional qualification"), max_length=120)

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if day and day >= timezone.localdate():
            raise forms.ValidationError(_("The date of birth lies in the future. Check the year."))
        return day

    def values(self):
        names = ("full_name", "birth_date", "workplace", "job_title", "qualification", "support")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class AuthorDetailsForm(PersonForm):
    """Details of an author who is in the table; a name from the roster is not retyped."""

    def __init__(self, author, data=None):
        super().__init__(
            data, initial={name: getattr(author, name) for name in self.base_fields if hasattr(author, name)}
        )
        if author.staff_id:
            del self.fields["full_name"]


class ScanForm(forms.Form):
    """The signed confirmation of a co-author who does not confirm by a click."""

    mark_optional = False
    scan = forms.Field(
        label=gettext_lazy("Scan of the signed confirmation"),
        help_text=gettext_lazy("PDF, JPG or PNG, at most 20 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": SCAN.accept}),
    )

    def clean_scan(self):
        return None  # checked when it is stored


class OutsideAuthorForm(PersonForm):
    """A co-author who is not on the ward's roster."""

    share = ShareAnswer(label=gettext_lazy("Share (%)"))
    scan = ScanForm.base_fields["scan"]

    field_order = ["full_name", "birth_date", "workplace", "job_title", "qualification", "share", "scan"]

    def clean_scan(self):
        return None


class ParticipantForm(PersonForm):
    """Item 12: who took part in the first use, and with what work."""

    support = TextAnswer(
        label=gettext_lazy("Work done in support"),
        max_length=500,
        rows=3,
        required=True,
        error_messages={"required": gettext_lazy("Write what this person did.")},
    )


class DeclineForm(forms.Form):
    """Why a co-author does not agree with their share."""

    reason = TextAnswer(
        label=gettext_lazy("Why do you not agree?"),
        help_text=gettext_lazy("The main author reads this."),
        max_length=1000,
        rows=3,
        required=True,
        error_messages={"required": gettext_lazy("Write a reason, one sentence is enough.")},
    )
