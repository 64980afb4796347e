"""What the council's people type: recusals, seats, rounds, delegations. The rules are in `ideas.records`."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ideas.board import FILTERS
from ideas.models import Appointment, Delegation, Round, SeatRole
from ideas.records import round_problems
from people.models import Staff, Unit
from people.roles import Role
from scoring.forms import ReasonForm
from vietnamese.text import nfc

MOMENT = "%H:%M %d/%m/%Y"
DAY = "%d/%m/%Y"
MOMENT_FORMATS = [MOMENT, "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]
ALTERNATES_SHOWN = 3
SPARE_SEATS = 3


def day_field(label, **kwargs):
    """A day as it is written here; a two-digit year is refused."""
    return forms.DateField(
        label=label,
        input_formats=[DAY, "%Y-%m-%d"],
        widget=forms.DateInput(format=DAY, attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"}),
        error_messages={
            "invalid": _("This is not a date. Type day, month and year, for example 02/03/2026."),
            "required": _("Type the date, for example 02/03/2026."),
        },
        **kwargs,
    )


class NfcCharField(forms.CharField):
    def to_python(self, value):
        return nfc(super().to_python(value))


class AlternateForm(ReasonForm):
    alternate = forms.ModelChoiceField(
        None,
        label=_("Alternate"),
        empty_label=pgettext_lazy("alternates", "Choose"),
        error_messages={"required": _("Choose an alternate.")},
    )
    field_order = ("alternate", "reason")

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["alternate"].queryset = seats
        self.fields["alternate"].label_from_instance = lambda seat: str(seat.staff)


class BoardSearch(forms.Form):
    mark_optional = False
    q = NfcCharField(label=_("Search in the round"), required=False, max_length=120)
    unit = forms.ModelChoiceField(
        Unit.objects.all(), label=_("Unit"), required=False, empty_label=_("All units")
    )
    loc = forms.ChoiceField(
        choices=[(code, code) for code in FILTERS], required=False, widget=forms.HiddenInput
    )
    dot = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        widget = self.fields["q"].widget
        widget.input_type = "search"
        widget.attrs["placeholder"] = _("Code, title, author")

    def value(self, name):
        """What was asked, or nothing where it makes no sense."""
        return self.cleaned_data.get(name) if self.is_valid() or name in self.cleaned_data else None


# ---- rounds


class MomentField(forms.DateTimeField):
    """A moment of the ward's clock, to the minute: "17:00 30/11/2026"."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=MOMENT_FORMATS,
            widget=forms.DateTimeInput(format=MOMENT, attrs={"class": "input-date", "autocomplete": "off"}),
            error_messages={
                "invalid": _("This is not a moment. Type time and date, for example 17:00 30/11/2026."),
                "required": _("Type time and date, for example 17:00 30/11/2026."),
            },
            **kwargs,
        )


class RoundForm(forms.ModelForm):
    opens_at = MomentField(label=_("Opens"), help_text=_("From this minute on dossiers are taken."))
    closes_at = MomentField(
        label=_("Closes"), help_text=_("At this minute it is over: 17:00 means that 16:59 is the last.")
    )
    scoring_due_on = day_field(_("Score sheets due"), required=False)

    class Meta:
        model = Round
        fields = ("year", "number", "opens_at", "closes_at", "scoring_due_on", "rubric", "appointment")

    def __init__(self, *args, fixed=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rubric"].label_from_instance = lambda rubric: str(rubric)
        for name in fixed:
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Fixed since the round is in use.")

    def clean(self):
        cleaned = super().clean()
        kept = Round.objects.filter(pk=self.instance.pk).first()
        for name, words in round_problems(cleaned, kept).items():
            self.add_error(name, words)
        return cleaned


# ---- appointments


class StaffCodeField(forms.CharField):
    """A person of the roster by code; "HD-007 – Vũ Thị Lan" from the list of suggestions will do too."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": "can-bo", "autocomplete": "off"}))
        super().__init__(max_length=200, **kwargs)

    def prepare_value(self, value):
        return f"{value.staff_code} – {value}" if isinstance(value, Staff) else value

    def clean(self, value):
        code = nfc(super().clean(value)).split(" – ")[0].strip()
        if not code:
            return None
        staff = Staff.objects.filter(staff_code__iexact=code).first()
        if staff is None:
            raise forms.ValidationError(
                _("Nobody on the roster has the code %(code)s. Choose from the suggestions."),
                code="unknown",
                params={"code": code},
            )
        return staff


class AppointmentForm(forms.ModelForm):
    decided_on = day_field(_("Decision date"))
    start_on = day_field(_("Term from"))
    last_day = day_field(_("Term to the end of"), required=False, help_text=_("Empty while no end is set."))

    class Meta:
        model = Appointment
        fields = ("decision_number", "decided_on", "start_on", "stricter_percent")

    field_order = ("decision_number", "decided_on", "start_on", "last_day", "stricter_percent")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("last_day", self.instance.last_day if self.instance.start_on else None)
        self.fields["stricter_percent"].help_text = _(
            "The law asks for two thirds of all seats. Type a higher share where the ward's rules ask for it."
        )

    def clean(self):
        cleaned = super().clean()
        start, last = cleaned.get("start_on"), cleaned.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", _("The term ends before it starts. Type a later day."))
        self.instance.end_before = last + timedelta(days=1) if last else None
        return cleaned


class SeatForm(forms.Form):
    """One seat. A seat without a person counts; a new row without a role is no seat."""

    mark_optional = False
    seat_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=_("Seat"), required=False, choices=[("", _("not used")), *SeatRole.choices]
    )
    staff = StaffCodeField(label=_("Holder"), required=False)
    removed = forms.BooleanField(label=_("Remove this seat"), required=False)

    def __init__(self, *args, seats=None, **kwargs):
        kwargs["empty_permitted"] = False  # a seat nobody holds is a seat, though nothing was typed
        super().__init__(*args, **kwargs)
        key = self["seat_id"].value()
        self.seat = (seats or {}).get(int(key)) if str(key or "").isdigit() else None
        if self.seat is not None:
            self.fields["role"].disabled = True
            self.initial |= {"role": self.seat.role}
        else:
            del self.fields["removed"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("staff") and not cleaned.get("role"):
            self.add_error("role", _("Choose which seat this person takes."))
        return cleaned


class BaseSeatFormSet(forms.BaseFormSet):
    def clean(self):
        if any(self.errors):
            return
        kept = [f.cleaned_data for f in self.forms if f.cleaned_data and not f.cleaned_data.get("removed")]
        people = [row["staff"] for row in kept if row.get("staff")]
        for person in {p for p in people if people.count(p) > 1}:
            raise forms.ValidationError(
                _("%(name)s is named twice. One person holds one seat."), params={"name": str(person)}
            )
        roles = [row["role"] for row in kept if row.get("role")]
        for role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.SECRETARY):
            if roles.count(role) > 1:
                raise forms.ValidationError(
                    _("The seat “%(seat)s” stands twice."), params={"seat": str(role.label)}
                )

    def rows(self):
        """[(seat or None, role, staff or None, removed)] as `records.save_appointment` takes them."""
        return [
            (form.seat, row["role"], row["staff"], bool(row.get("removed")))
            for form in self.forms
            if (row := form.cleaned_data).get("role")
        ]


SeatFormSet = forms.formset_factory(SeatForm, formset=BaseSeatFormSet, extra=0, max_num=40)


def initial_seats(appointment):
    """Seats as they are and spare rows; for a new council the usual ten, without people."""
    seats = list(appointment.seats.select_related("staff")) if appointment.pk else []
    if seats:
        rows = [{"seat_id": seat.pk, "role": seat.role, "staff": seat.staff} for seat in seats]
        return rows + [{}] * SPARE_SEATS
    named = [SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.SECRETARY, *[SeatRole.MEMBER] * 4]
    return [{"role": role} for role in (*named, *[SeatRole.ALTERNATE] * ALTERNATES_SHOWN)]


# ---- delegations


class DelegationForm(forms.ModelForm):
    start_on = day_field(pgettext_lazy("day", "From"))
    last_day = day_field(_("To the end of"))

    class Meta:
        model = Delegation
        fields = ("deputy", "document_number", "start_on")

    field_order = ("deputy", "document_number", "start_on", "last_day")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = Staff.objects.filter(
            user__is_active=True, user__groups__name=Role.DEPUTY_HEAD
        ).order_by("order_key")
        self.fields["deputy"].help_text = _("Only a deputy head of the ward can be named.")
        self.fields["start_on"].initial = timezone.localdate

    def clean(self):
        cleaned = super().clean()
        last = cleaned.get("last_day")
        self.instance.end_before = last + timedelta(days=1) if last else None
        return cleaned

    def _post_clean(self):
        if not self.errors:  # the model asks for its end, which is typed here as the last day
            super()._post_clean()
