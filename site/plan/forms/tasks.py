"""Forms of tasks: narrowing the list, planning, progress, steps, comments, urging, officials."""

from datetime import date
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.forms import DayField
from editing.fields import TextAnswer
from people.models import Staff
from plan.models import Part, TaskGroup, TaskState
from trust.uploads import CheckedFileField
from vietnamese.dates import short_date
from vietnamese.text import nfc

from ..books.marks import mark_of_page
from ..tasks.board import BY_TIME, LATE, NOBODY, VIEWS, Asked
from ..tasks.files import POLICY
from ..tasks.refusing import SENTENCES

COMMENT_MOST = 10_000


class DayAnswer(DayField):
    """A day typed as dd/mm/yyyy, within the years of a plan."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": gettext_lazy("dd/mm/yyyy")}
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=attrs))
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return short_date(value) if isinstance(value, date) else value

    def to_python(self, value):
        day = super().to_python(nfc(str(value or "")))
        if day is not None and not 2020 <= day.year <= 2050:
            raise forms.ValidationError(_("Write the year with four figures, for example 02/03/2026."))
        return day


class StepForm(forms.Form):
    """`seen` is the version the page was drawn from, `khoa` this form's own: sent twice, it is taken once."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    khoa = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["khoa"].initial = uuid4().hex

    @property
    def seen_version(self):
        return self.cleaned_data.get("seen") or 0

    @property
    def key(self):
        return mark_of_page(self)

    def refuse(self, refused):
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)

    def show_version(self, version):
        """Drawn again after somebody else's change: the next sending stands on what stands now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = version


def reason_field(label, help_text="", required=True, sentence="reason_missing"):
    return TextAnswer(
        label=label,
        help_text=help_text,
        max_length=500,
        required=required,
        rows=3,
        error_messages={"required": SENTENCES[sentence]},
    )


IN_PLACE = gettext_lazy("Why in place of the unit")
IN_PLACE_HELP = gettext_lazy("For example: reported by telephone at the briefing. It stands in the history.")


class TaskSearch(forms.Form):
    """All optional; what is not among the choices is passed over."""

    mark_optional = False
    q = forms.CharField(label=gettext_lazy("Words or code"), max_length=200, required=False)
    don_vi = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    vai = forms.ChoiceField(label=gettext_lazy("Part of the unit"), required=False)
    nhom = forms.ChoiceField(label=pgettext_lazy("plan", "Group"), required=False)
    tinh_trang = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    xem = forms.ChoiceField(choices=[(view, view) for view in VIEWS], required=False)

    def __init__(self, data, *, units, groups):
        super().__init__(data)
        every = [("", _("All"))]
        self.fields["don_vi"].choices = [
            *every,
            (NOBODY, capfirst(_("not assigned yet"))),
            *[(unit.code, unit.name) for unit in units],
        ]
        self.fields["vai"].choices = [*every, *[(part.value, capfirst(part.label)) for part in Part]]
        self.fields["nhom"].choices = [
            *every,
            *[(group.code, f"{group.section}. {group.name}") for group in groups],
        ]
        self.fields["tinh_trang"].choices = [
            *every,
            (LATE, capfirst(_("overdue"))),
            *[(state.value, capfirst(state.label)) for state in TaskState],
        ]

    def asked(self):
        self.is_valid()
        given = self.cleaned_data.get
        return Asked(
            view=given("xem") or BY_TIME,
            unit=given("don_vi") or "",
            group=given("nhom") or "",
            state=given("tinh_trang") or "",
            part=given("vai") or "",
            text=nfc(given("q") or ""),
        )


class PlannedForm(StepForm):
    """Dates of a task; its words and group where it is the ward's own."""

    text = TextAnswer(
        label=pgettext_lazy("plan", "Task"),
        max_length=2000,
        required=True,
        rows=4,
        error_messages={"required": gettext_lazy("Write what is to be done.")},
    )
    group = forms.ModelChoiceField(
        label=pgettext_lazy("plan", "Group"),
        queryset=TaskGroup.objects.none(),
        empty_label=gettext_lazy("Choose a group"),
        error_messages={"required": gettext_lazy("Choose the group it belongs to.")},
    )
    starts_on = DayAnswer(label=pgettext_lazy("task", "From"))
    due_on = DayAnswer(
        label=gettext_lazy("Due"),
        help_text=gettext_lazy(
            "The last day. It may be a day off: reminders then name the working day before it."
        ),
    )
    is_yearly = forms.BooleanField(
        label=gettext_lazy("The task comes back every year"),
        required=False,
    )

    def __init__(self, *args, is_own, **kwargs):
        super().__init__(*args, **kwargs)
        if is_own:
            self.fields["group"].queryset = TaskGroup.objects.order_by("order")
        else:
            del self.fields["text"], self.fields["group"]


class AssignForm(StepForm):
    """One line a unit: it leads, co-operates, or has no part."""

    template_name = "plan/tasks/_assign.html"
    PARTS = [
        (Part.LEAD, capfirst(pgettext_lazy("unit's part", "leads"))),
        (Part.COORDINATE, capfirst(pgettext_lazy("unit's part", "co-operates"))),
        ("", capfirst(pgettext_lazy("unit's part", "no part"))),
    ]
    note = TextAnswer(label=gettext_lazy("Note for the history"), max_length=500)

    def __init__(self, *args, units, parts, suggested, **kwargs):
        """`parts` are {unit key: part} of what stands."""
        super().__init__(*args, **kwargs)
        self.units = list(units)
        for unit in self.units:
            field = forms.ChoiceField(
                label=_named(unit, suggested),
                choices=self.PARTS,
                widget=forms.RadioSelect,
                initial=parts.get(unit.pk, ""),
                required=False,
            )
            field.mark_optional = False
            self.fields[_name(unit)] = field

    @property
    def unit_fields(self):
        return [self[_name(unit)] for unit in self.units]

    def with_part(self, part):
        """The units given this part, in the order of the lines."""
        return [unit for unit in self.units if self.cleaned_data[_name(unit)] == part]


def _name(unit):
    return f"part_{unit.pk}"


def _named(unit, suggested):
    return _("%(unit)s (suggested)") % {"unit": unit.name} if unit.pk in suggested else unit.name


class ReasonForm(StepForm):
    reason = reason_field(gettext_lazy("Reason"))


class ReopenForm(ReasonForm):
    due_on = DayAnswer(label=gettext_lazy("New due date"))
    field_order = ("due_on", "reason")


class ProgressForm(StepForm):
    don_doc = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        widget=forms.RadioSelect,
        choices=[(s.value, capfirst(s.label)) for s in (TaskState.TODO, TaskState.DOING, TaskState.DONE)],
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Progress, %"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Enter a whole number from 0 to 100."),
            "invalid": gettext_lazy("Enter a whole number from 0 to 100."),
            "min_value": gettext_lazy("Enter a whole number from 0 to 100."),
            "max_value": gettext_lazy("Enter a whole number from 0 to 100."),
        },
    )
    done = TextAnswer(label=gettext_lazy("What was done"), max_length=5000, rows=4)
    next = TextAnswer(label=pgettext_lazy("task", "What comes next"), max_length=5000, rows=3)
    reason = reason_field(IN_PLACE, IN_PLACE_HELP, sentence="in_place_reason_missing")

    def __init__(self, *args, in_place, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("done", "next"):  # one of them is needed
            self.fields[name].mark_optional = False
        if not in_place:
            del self.fields["reason"]


class TaskStepForm(StepForm):
    text = TextAnswer(
        label=gettext_lazy("What the step is"),
        max_length=500,
        required=True,
        rows=2,
        error_messages={"required": gettext_lazy("Write what the step is.")},
    )
    due_on = DayAnswer(label=gettext_lazy("Due"))
    place = forms.TypedChoiceField(label=gettext_lazy("Place in the order"), coerce=int, required=False)

    def __init__(self, *args, places=0, **kwargs):
        super().__init__(*args, **kwargs)
        if places > 1:
            self.fields["place"].choices = [(number, str(number)) for number in range(1, places + 1)]
        else:
            del self.fields["place"]


class StepDoneForm(StepForm):
    done_on = DayAnswer(
        label=gettext_lazy("Done on"),
        required=True,
        error_messages={"required": gettext_lazy("Enter the day it was done.")},
    )
    reason = reason_field(IN_PLACE, IN_PLACE_HELP, sentence="in_place_reason_missing")

    def __init__(self, *args, in_place, **kwargs):
        super().__init__(*args, **kwargs)
        if not in_place:
            del self.fields["reason"]


class TaskFileForm(StepForm):
    file = CheckedFileField(
        policy=POLICY,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, Word, Excel or a picture, at most 20 MB. Not public."),
        error_messages={"required": gettext_lazy("Choose the file.")},
    )


class CommentForm(StepForm):
    text = TextAnswer(
        label=pgettext_lazy("task", "Comment"),
        max_length=COMMENT_MOST,
        required=True,
        rows=4,
        error_messages={"required": SENTENCES["comment_missing"]},
    )
    mentions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Call upon"),
        help_text=gettext_lazy("Whoever is ticked, or named in the text as @Full name, is told."),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Only people who may read this task can be told.")},
    )

    def __init__(self, *args, readers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentions"].choices = [(person.pk, person.display_name) for person in readers]
        if not readers:
            del self.fields["mentions"]


class UrgeForm(StepForm):
    message = TextAnswer(
        label=gettext_lazy("Message"),
        max_length=2000,
        required=True,
        rows=4,
        error_messages={"required": SENTENCES["urge_message_missing"]},
    )
    reason = reason_field(
        gettext_lazy("Why once more on the same day"),
        gettext_lazy("Only where it was sent today already."),
        required=False,
    )


class OfficerForm(StepForm):
    staff = forms.ModelChoiceField(
        label=gettext_lazy("Official in charge"),
        queryset=Staff.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
        error_messages={"required": gettext_lazy("Choose the person.")},
    )
    start_on = DayAnswer(
        label=gettext_lazy("In charge from"),
        required=True,
        error_messages={"required": gettext_lazy("Enter the first day.")},
    )

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = staff
        self.fields["staff"].label_from_instance = lambda one: one.full_name


class LastDayForm(StepForm):
    last_day = DayAnswer(
        label=gettext_lazy("Last day in charge"),
        required=True,
        error_messages={"required": gettext_lazy("Enter the last day.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
