"""The year's work programme, its items, its number and day."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.models import Unit
from trust.uploads import CheckedFileField, UploadPolicy

from ..models import Programme, ProgrammeItem, Task
from ..programme import periods
from .base import EntryForm, PartForm, StepForm
from .fields import day

TITLE = "Chương trình công tác “Phường đổi mới sáng tạo” năm {year}"  # its name in the ward
SIGNED = UploadPolicy(frozenset({"pdf"}), 20 * 1024 * 1024)
FIRST_YEAR, LAST_YEAR = 2026, 2100
_TERM = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")


class ProgrammeForm(EntryForm):
    with_files = False
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
        error_messages={
            "required": gettext_lazy("Type the year."),
            "invalid": gettext_lazy("Type the year in figures, for example 2027."),
            "min_value": gettext_lazy("The plan begins in 2026."),
        },
    )
    purpose = TextAnswer(
        label=gettext_lazy("Purpose and requirements"),
        help_text=gettext_lazy("Part I of the paper. Empty: a standard sentence."),
        max_length=5000,
        rows=5,
    )

    class Meta:
        model = Programme
        fields = ["year", "purpose"]

    field_order = ["year", "purpose"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["title"]
        if not self.instance.pk:
            self.initial.setdefault("year", timezone.localdate().year + 1)

    def _limit_units(self):
        del self.fields["unit"]

    def clean_year(self):
        year = self.cleaned_data["year"]
        if Programme.objects.filter(year=year).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("The programme of %(year)s is there already.") % {"year": year})
        self.instance.title = TITLE.format(year=year)
        return year

    def clean(self):
        self.instance.unit = self.instance.unit if self.instance.unit_id else self._drafter()
        return super().clean()

    def _drafter(self):
        return Unit.objects.get(code=self.book.shared_by[0])


class ItemForm(PartForm):
    what = TextAnswer(
        label=gettext_lazy("What is done"),
        max_length=1000,
        rows=3,
        required=True,
        error_messages={"required": gettext_lazy("Write what is done.")},
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Unit"),
        empty_label=gettext_lazy("Choose a unit"),
        error_messages={"required": gettext_lazy("Choose the unit.")},
    )
    period = forms.ChoiceField(label=gettext_lazy("Month or quarter"), choices=periods.choices)
    result = TextAnswer(label=gettext_lazy("Result expected"), max_length=300)
    task = forms.ModelChoiceField(
        Task.objects.none(),
        label=gettext_lazy("Task of the plan it belongs to"),
        empty_label=pgettext_lazy("task of the plan", "None"),
        required=False,
    )

    class Meta:
        model = ProgrammeItem
        fields = ["what", "unit", "period", "result", "task"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.order_by("order", "code")
        self.fields["task"].queryset = Task.objects.order_by("order")
        self.fields["task"].label_from_instance = lambda task: f"{task.code} {task.text[:90]}"


class IssueForm(StepForm):
    number = TextAnswer(
        label=gettext_lazy("Number of the paper"),
        help_text=gettext_lazy("As the office gave it, for example 05/KH-UBND."),
        max_length=40,
        required=True,
        error_messages={"required": gettext_lazy("Type the number of the paper.")},
    )
    issued_on = day(gettext_lazy("Date of the paper"))
    file = CheckedFileField(
        policy=SIGNED,
        label=gettext_lazy("Signed file"),
        help_text=gettext_lazy("PDF, at most 20 MB."),
        required=False,
    )
    file_is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read the signed file"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("file_is_public") and not cleaned.get("file"):
            self.add_error("file", _("Choose the signed file, or leave it unpublished."))
        return cleaned


class TermForm(forms.Form):
    term = TextAnswer(
        label=gettext_lazy("Last day, each year"),
        help_text=gettext_lazy("Day/month, for example 31/1."),
        max_length=10,
        required=True,
        error_messages={"required": gettext_lazy("Type day and month, for example 31/1.")},
    )

    def clean_term(self):
        found = _TERM.fullmatch(self.cleaned_data["term"])
        if not found:
            raise forms.ValidationError(_("Type day and month, for example 31/1."))
        return int(found[2]), int(found[1])
