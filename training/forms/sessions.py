"""A session as it is planned and changed."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.forms import DayField
from people.models import Staff, User
from vietnamese.text import nfc

from ..models import Course, Mode, Session
from .courses import CODE, NfcCharField

MOST_SEATS = 10_000


def _time(label):
    return forms.TimeField(
        label=label,
        help_text=_("For example 08:00."),
        input_formats=["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "input-date", "autocomplete": "off"}),
        error_messages={
            "required": _("Type the hour, for example 08:00."),
            "invalid": _("Type the hour like 08:00."),
        },
    )


class SessionForm(forms.Form):
    """One meeting of a course. `session` is the one being changed: its code and course stay."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    course = forms.ModelChoiceField(
        Course.objects.none(), label=_("Course"), error_messages={"required": _("Choose the course.")}
    )
    code = NfcCharField(
        label=_("Code of the session"),
        help_text=_("Empty: the course's code with the next number."),
        max_length=30,
        required=False,
        validators=[CODE],
    )
    held_on = DayField(
        label=_("Day"),
        help_text=_("Day/month/year, for example 26/11/2026."),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Type the day, for example 26/11/2026.")},
    )
    starts_at = _time(_("Begins"))
    ends_at = _time(_("Ends"))
    credit_minutes = forms.IntegerField(
        label=_("Minutes that count"),
        help_text=_("Empty: from begin to end. Leave out long breaks."),
        min_value=1,
        max_value=24 * 60,
        required=False,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    mode = forms.ChoiceField(label=pgettext_lazy("training", "Form"), choices=Mode.choices)
    place = NfcCharField(
        label=pgettext_lazy("session", "Place"),
        help_text=_("The room, or where to join online."),
        max_length=200,
        required=False,
    )
    capacity = forms.IntegerField(
        label=pgettext_lazy("session", "Seats"),
        help_text=_("Empty: no limit. When all are taken, people wait in line."),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    presenter = NfcCharField(label=_("Presenter"), max_length=200, required=False)
    note = NfcCharField(
        label=_("What to bring or know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    organiser = NfcCharField(
        label=_("Organiser (staff code)"),
        help_text=_("Takes the roll and confirms the session, for example HD-0007."),
        max_length=30,
        required=False,
    )
    is_public = forms.BooleanField(
        label=_("Show on the public calendar (course, day, time, place; no people)"), required=False
    )

    def __init__(self, *args, session=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        courses = Course.objects.filter(is_active=True)
        if session is not None:
            del self.fields["code"]
            courses = Course.objects.filter(pk=session.course_id) | courses
        self.fields["course"].queryset = courses.distinct().order_by("code")
        self.fields["course"].label_from_instance = lambda course: f"{course.code} · {course.name}"

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and Session.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another session has this code. Choose another."))
        return code

    def clean_organiser(self):
        """The account behind a staff code; the code of the organiser already there stays valid."""
        code = nfc(self.cleaned_data["organiser"])
        if not code:
            return None
        staff = Staff.objects.select_related("user").filter(staff_code=code).first()
        user = staff.user if staff else User.objects.filter(username=code).first()
        if user is None or not user.is_active:
            raise forms.ValidationError(_("No account in use belongs to this code. Check the code."))
        return user

    def clean(self):
        data = super().clean()
        if data.get("starts_at") and data.get("ends_at") and not data.get("credit_minutes"):
            length = Session(starts_at=data["starts_at"], ends_at=data["ends_at"]).length
            data["credit_minutes"] = max(1, length)
        return data

    @property
    def values(self):
        """What goes to `training.editing`."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "code")}


def stored(session, seen):
    """The form's initial values of a session."""
    names = ("held_on", "starts_at", "ends_at", "credit_minutes", "capacity", "place", "presenter", "note")
    values = {name: getattr(session, name) for name in (*names, "mode", "is_public")}
    return values | {"course": session.course_id, "organiser": code_of(session.organiser), "seen": seen}


def code_of(user):
    if user is None:
        return ""
    staff = getattr(user, "staff", None)
    return staff.staff_code if staff else user.username
