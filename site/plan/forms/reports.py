"""Forms of the reports: five steps and the submission, the coordinator's steps."""

import json
from contextlib import suppress

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from editing.fields import LONGEST_TEXT, TextAnswer
from editing.merging import posted_base
from obligations.days_off import announced_days
from obligations.stages import last_day
from people.models import Unit
from vietnamese.dates import short_date, spoken_date

from ..models import TaskState
from ..reports.completeness import contradiction, contradiction_words
from ..reports.reasons import words_of
from ..reports.sheet import DIFFICULTIES, NEXT, RESULTS, TARGETS, TASKS
from ..reports.workflow import asks_for_a_day
from ..reports.writing import base_of
from ..targets.figures import as_text, check_share, of_text
from ..targets.refusing import Refused
from .numbers import NumberAnswer, written

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
WHOLE_DAY = gettext_lazy(
    "The whole of this day is in time. Where it is a day off, reminders name the working day before."
)
KEPT = 60_000  # characters a draft takes; a report is sent with fewer


class FigureAnswer(NumberAnswer):
    """A figure read as at the target itself; cleaned to plain text, as a draft keeps it."""

    def to_python(self, value):
        return as_text(super().to_python(value))


class PercentAnswer(forms.CharField):
    """Whole percent of a task, 0 to 100; cleaned to plain text."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "input-short"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value):
        text = super().to_python(value).strip().removesuffix("%").strip()
        if not text:
            return ""
        if not (text.isascii() and text.isdecimal() and int(text[:6]) <= 100):
            raise forms.ValidationError(
                _("“%(text)s” is no progress in percent. Type a whole number from 0 to 100.") % {"text": text}
            )
        return str(int(text))


class DayAnswer(forms.DateField):
    """A day typed as dd/mm/yyyy."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(
            format="%d/%m/%Y",
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "placeholder": gettext_lazy("dd/mm/yyyy"),
                "class": "input-short",
            },
        )
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", gettext_lazy("This is not a date. Type day, month, year, for example 09/12/2026.")
        )
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **kwargs)


def name_the_reminded_day(field, typed):
    """Below the label: of a day off, the working day reminders name. Fetched anew when the field is left; the
    general rule stands there without script."""
    said = ""
    with suppress(forms.ValidationError):
        day = field.to_python(typed or "")
        named = last_day(day, announced=announced_days()) if day else day
        if named != day:
            words = _("%(day)s is a day off: the unit is reminded of %(named)s.")
            said = words % {"day": short_date(day), "named": spoken_date(named)}
    field.help_text = format_html(
        '{} <span id="ngay-nhac" aria-live="polite"><b id="ngay-nhac-la">{}</b></span>', WHOLE_DAY, said
    )
    field.widget.attrs |= {
        "data-hx-get": "",
        "data-hx-trigger": "change",
        "data-hx-target": "#ngay-nhac",
        "data-hx-select": "#ngay-nhac-la",
    }


# ---- the unit's steps


class SheetForm(forms.Form):
    """One step of a report. `answers()` are its checked values as plain text, `base` the fingerprints it was
    drawn from. What is still empty is no error here: the last step says what is missing."""

    mark_optional = False

    def __init__(self, sheet, step, data=None):
        self.sheet, self.step = sheet, step
        self.stored = sheet.stored(step)
        super().__init__(data)
        self.rows = _ROWS[step](self)
        for name, field in self.fields.items():
            value = self.stored[name]
            if isinstance(field, FigureAnswer) and value:
                value = written(of_text(value))
            self.initial[name] = value

    def add(self, name, field):
        """Adds a field; its bound form for the page."""
        self.fields[name] = field
        return self[name]

    def answers(self):
        """{name: plain text} of every field without an error that was in the page."""
        self.is_valid()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.data or isinstance(self.fields[name].widget, forms.RadioSelect)
        }

    def clean(self):
        values = super().clean()
        if self.step == TARGETS:
            for row in self.sheet.targets:
                if row.is_share and f"{row.key}d" in self.fields:
                    self._check_share(f"{row.key}n", values.get(f"{row.key}n"), values.get(f"{row.key}d"))
        if self.step == TASKS:
            for row in self.sheet.tasks:
                code = contradiction(values.get(f"{row.key}state"), values.get(f"{row.key}percent"))
                if code:
                    self.add_error(f"{row.key}percent", contradiction_words(code).capitalize())
        return values

    def _check_share(self, name, numerator, denominator):
        try:
            check_share(of_text(numerator), of_text(denominator))
        except Refused as refused:
            self.add_error(name, refused.sentence)

    def overlong(self):
        """{name: words} of what the draft keeps although it is too long to be sent."""
        texts = {name: field for name, field in self.fields.items() if isinstance(field, TextAnswer)}
        said = {name: field.overlong(self.cleaned_data.get(name) or "") for name, field in texts.items()}
        return {name: words for name, words in said.items() if words}

    @property
    def base(self):
        return posted_base(self.data.get("base", "{}")) if self.is_bound else base_of(self.sheet, self.step)

    @property
    def base_json(self):
        return json.dumps(self.base, separators=(",", ":"))


def _text(label, help_text="", rows=3):
    return TextAnswer(label=label, help_text=help_text, max_length=LONGEST_TEXT, kept=KEPT, rows=rows)


def _target_rows(form):
    return [(row, _target_fields(form, row)) for row in form.sheet.targets]


def _target_fields(form, row):
    """[bound field] of one target, in the order of the page."""
    code, definition = {"code": row.target.code}, row.definition
    found = []
    if row.is_typed and row.has_number:
        label = definition.numerator or _("What was reached")
        if not row.is_share and definition.measured_in:
            label = f"{label} ({definition.measured_in})"
        found.append(form.add(f"{row.key}n", FigureAnswer(label=f"{row.target.code}: {label}")))
        if row.asks_denominator:
            label = definition.denominator or _("Out of how many in all")
            found.append(form.add(f"{row.key}d", FigureAnswer(label=f"{row.target.code}: {label}")))
    elif row.is_typed:
        choices = [("yes", _("Reached")), ("no", _("Not reached yet"))]
        field = forms.ChoiceField(
            label=_("%(code)s: reached?") % code, choices=choices, required=False, widget=forms.RadioSelect
        )
        found.append(form.add(f"{row.key}met", field))
        found.append(form.add(f"{row.key}words", _text(_("%(code)s: result in words") % code)))
    found.append(form.add(f"{row.key}note", _text(_("%(code)s: note") % code, rows=2)))
    return found


def _task_rows(form):
    return [(row, _task_fields(form, row)) for row in form.sheet.tasks]


def _task_fields(form, row):
    code, found = {"code": row.task.code}, []
    if row.is_typed:
        choices = [choice for choice in TaskState.choices if choice[0] != TaskState.DROPPED]
        field = forms.ChoiceField(
            label=_("%(code)s: how it stands") % code,
            choices=choices,
            required=False,
            widget=forms.Select,
        )
        found.append(form.add(f"{row.key}state", field))
        field = PercentAnswer(label=_("%(code)s: progress in percent") % code)
        found.append(form.add(f"{row.key}percent", field))
    found.append(form.add(f"{row.key}done", _text(_("%(code)s: what was done") % code)))
    found.append(form.add(f"{row.key}next", _text(_("%(code)s: what comes next") % code, rows=2)))
    return found


def _result_rows(form):
    help_text = _("What the unit is proudest of in this period: figures, models, who profits. Plain words.")
    return [form.add("results", _text(_("Main results"), help_text, rows=10))]


def _next_rows(form):
    help_text = _("The tasks the unit will push until the next report.")
    return [form.add("next", _text(pgettext("report", "What comes next"), help_text, rows=10))]


def _difficulty_rows(form):
    found = []
    for number in range(1, form.sheet.row_count + 1):
        words = {"number": number}
        found.append(
            (
                number,
                form.add(f"d{number}text", _text(_("Difficulty %(number)s") % words)),
                form.add(
                    f"d{number}proposal", _text(_("What is proposed about difficulty %(number)s") % words)
                ),
            )
        )
    return found


_ROWS = {
    TARGETS: _target_rows,
    TASKS: _task_rows,
    RESULTS: _result_rows,
    DIFFICULTIES: _difficulty_rows,
    NEXT: _next_rows,
}


class SubmitForm(forms.Form):
    """The last step; a late report says why."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    reason = TextAnswer(
        label=gettext_lazy("Why the report comes late"),
        help_text=gettext_lazy("The coordinator reads this; it stays in the history of the report."),
        max_length=2000,
        required=True,
        rows=3,
    )

    def __init__(self, report, data=None, *, is_late):
        super().__init__(data, initial={"seen": report.edit_version})
        if is_late:
            words = words_of("late_reason_missing", {"due": short_date(report.due_on)})
            self.fields["reason"].error_messages["required"] = words
        else:
            del self.fields["reason"]


# ---- the coordinator's steps


class StepForm(forms.Form):
    """What a step of the coordinator asks for; `brought()` goes to `workflow.move`."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, report, data=None, typed=""):
        super().__init__(data, initial={"seen": report.edit_version})
        self.report = report
        if "resend_by" in self.fields:
            name_the_reminded_day(self.fields["resend_by"], (data or {}).get("resend_by") or typed)

    def brought(self):
        return dict(self.cleaned_data)


class ReturnForm(StepForm):
    reason = TextAnswer(
        label=gettext_lazy("What is to be completed"),
        help_text=gettext_lazy("The unit reads this. Name each item and what it should say."),
        max_length=4000,
        required=True,
        rows=5,
        error_messages={"required": gettext_lazy("Write the reason.")},
    )
    resend_by = DayAnswer(
        label=gettext_lazy("To be sent again by"),
        error_messages={"required": gettext_lazy("Enter the day by which it is to be sent again.")},
    )


class AcceptForm(StepForm):
    reason = TextAnswer(label=gettext_lazy("A word to the unit"), max_length=2000, required=False, rows=3)


class ReasonForm(StepForm):
    reason = TextAnswer(
        label=pgettext_lazy("report", "Reason"),
        help_text=gettext_lazy("It stays in the history of the report."),
        max_length=4000,
        required=True,
        rows=4,
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


class AskAgainForm(ReasonForm):
    """A day of its own where the last day has passed."""

    resend_by = DayAnswer(
        label=gettext_lazy("To be sent by"),
        error_messages={
            "required": gettext_lazy(
                "The last day has passed. Enter the day by which the report is to be sent."
            )
        },
    )

    def __init__(self, report, data=None, typed=""):
        super().__init__(report, data, typed)
        if not asks_for_a_day(report, "ask_again", timezone.now()):
            del self.fields["resend_by"]


class ExcuseForm(ReasonForm):
    successor = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Another unit reports instead"),
        help_text=gettext_lazy("If the unit was merged or its tasks went elsewhere; that unit is told."),
        required=False,
        empty_label=gettext_lazy("None: nothing is to be reported"),
    )

    def __init__(self, report, data=None, typed=""):
        super().__init__(report, data, typed)
        others = Unit.objects.exclude(pk=report.unit_id).exclude(parent=None)
        self.fields["successor"].queryset = others.order_by("order", "code")
