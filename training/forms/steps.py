"""The steps of a session as pages: what each is called, what follows from it, what it asks for."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trust.uploads import CheckedFileField

from .. import roll, sheets
from .courses import NfcCharField


class StepForm(forms.Form):
    """A step that asks for nothing."""

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fit()

    def fit(self):
        """Fits the fields to the session."""


class ReasonForm(StepForm):
    reason = NfcCharField(
        label=_("Reason"),
        help_text=_("Those on the list can read it. Nothing about anybody's health."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason. Those concerned read it.")},
    )


class ConfirmForm(StepForm):
    rest_absent = forms.BooleanField(required=False)

    def fit(self):
        left = len(roll.unmarked(self.session))
        if not left:
            del self.fields["rest_absent"]
            return
        self.fields["rest_absent"].label = ngettext(
            "%(count)s person is not marked yet and was absent",
            "The %(count)s people not marked yet were absent",
            left,
        ) % {"count": left}


@dataclass(frozen=True)
class Step:
    """One step as a page. `button` opens it on the session's page, `action` carries it out."""

    title: str
    happens: str
    button: str
    action: str
    done: str
    form: type[StepForm] = StepForm
    is_danger: bool = False


STEPS = {
    "open": Step(
        _("Open the session for enrolment"),
        _("Staff can enrol and people can be called up. A public session appears on the calendar."),
        _("Open for enrolment"),
        _("Open for enrolment"),
        _("The session is open for enrolment."),
    ),
    "hold": Step(
        _("The session is held"),
        _("Enrolment ends. Take the roll, count the room, then confirm within 7 days."),
        _("Note as held"),
        _("Note as held"),
        _("The session is noted as held."),
    ),
    "confirm": Step(
        _("Confirm the session"),
        _("The minutes now count for everybody who was there. Changing a mark later needs a reason."),
        _("Confirm the session"),
        _("Confirm"),
        _("The session is confirmed. Its minutes count now."),
        ConfirmForm,
    ),
    "reopen": Step(
        _("Reopen the session"),
        _("Marks can be changed. Until it is confirmed again nobody's minutes of this session count."),
        _("Reopen…"),
        _("Reopen"),
        _("The session is open for corrections. Confirm it again afterwards."),
        ReasonForm,
        is_danger=True,
    ),
    "cancel": Step(
        _("Cancel the session"),
        _("Everybody on the list is told. Nothing of it counts; certificates of it are revoked."),
        _("Cancel the session…"),
        _("Cancel the session"),
        _("The session is cancelled. Everybody on the list is told."),
        ReasonForm,
        is_danger=True,
    ),
}


class HeadCountForm(forms.Form):
    mark_optional = False

    head_count = forms.IntegerField(
        label=_("People counted in the room"),
        help_text=_("Kept beside the list and the scans; they need not agree."),
        min_value=0,
        max_value=100_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
        error_messages={"invalid": _("Type a whole number, for example 28.")},
    )


class SheetForm(forms.Form):
    sheet = CheckedFileField(
        policy=sheets.POLICY,
        label=_("Scan of the signed sheet"),
        help_text=_("The signed sheet is the master. PDF or a picture, at most 20 MB."),
        error_messages={"required": _("Choose the file.")},
    )


class FindForm(forms.Form):
    mark_optional = False

    q = NfcCharField(
        label=_("Name or staff code"),
        help_text=_("With or without accents, for example binh or HD-0007."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
