"""The form of an entry: what every book's own form is built on."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.models import Unit

from ..books.access import Rights
from ..books.marks import mark_of
from .fields import FilesField, day


class DatedForm(forms.ModelForm):
    """Forms of what has days may have `last_day` ("đến hết ngày") and keep the day after it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "last_day" in self.fields and self.instance.pk:
            self.initial.setdefault("last_day", self.instance.last_day)

    def _post_clean(self):
        if "last_day" in self.fields:
            last = self.cleaned_data.get("last_day")
            self.instance.end_before = last + timedelta(days=1) if last else None
        super()._post_clean()

    @property
    def today(self):
        return timezone.localdate()


def once_field():
    """`khoa`: the key of one page on which something new is entered; sent twice, it is taken once."""
    return forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=32, initial=lambda: uuid4().hex
    )


class EntryForm(DatedForm):
    """`seen` is the version the page was drawn from. A coordinator who writes for another unit says why."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    title = TextAnswer(label=pgettext_lazy("book", "Name"), max_length=200, required=True)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Unit"),
        empty_label=gettext_lazy("Choose a unit"),
        error_messages={"required": gettext_lazy("Choose the unit.")},
    )
    with_files = True
    taken_from_link = ()  # fields a link may fill in
    later = ()  # fields that can wait (plan/books/_fields.html)

    def __init__(self, *args, book, rights: Rights, **kwargs):
        self.book, self.rights = book, rights
        super().__init__(*args, **kwargs)
        self._limit_units()
        self.initial["seen"] = self.instance.edit_version
        if not self.instance.pk:
            self.fields["khoa"] = once_field()
        self._add_files()
        if rights.coordinates and book.by_units:
            self.fields["reason"] = TextAnswer(
                label=gettext_lazy("Why you enter it in place of the unit"),
                help_text=gettext_lazy("Needed for a unit that is not your own; kept in the log."),
                max_length=500,
            )

    def _limit_units(self):
        keys = self.rights.writable_units(self.book) - (self.rights.gone - {self.instance.unit_id})
        units = Unit.objects.filter(pk__in=keys).order_by("order", "code")
        self.fields["unit"].queryset = units
        if len(keys) == 1 and not self.instance.pk:
            self.initial.setdefault("unit", next(iter(keys)))
            self.fields["unit"].widget = forms.HiddenInput()

    def _add_files(self):
        if self.with_files and not self.instance.pk:
            self.fields["files"] = FilesField(
                policy=self.book.files,
                label=gettext_lazy("Photos and files"),
                help_text=gettext_lazy("Pictures, PDF, Word or Excel, at most 20 MB each. Not public."),
            )

    @property
    def later_fields(self):
        return [self[name] for name in self.later if name in self.fields]

    @property
    def is_later_open(self):
        """Whoever comes back to an entry comes for these; what is filled or wrong is never out of sight."""
        return bool(self.instance.pk) or any(one.errors or one.value() for one in self.later_fields)

    def clean(self):
        cleaned = super().clean()
        unit = cleaned.get("unit") or (self.instance.unit if self.instance.unit_id else None)
        if "reason" in self.fields and unit and not cleaned.get("reason"):
            self._ask_why(unit)
        self.check()
        return cleaned

    def _ask_why(self, unit):
        if self.rights.in_place_of(self.book, unit.pk):
            words = _("Write why you enter it in place of “%(unit)s”.")
            self.add_error("reason", words % {"unit": unit})

    def check(self):
        """What a book's own form asks beside its fields."""


_UNTIL, _GOES_ON = gettext_lazy("Until the end of"), gettext_lazy("Empty while it goes on.")


def last_day(label=_UNTIL, help_text=_GOES_ON):
    return day(label, help_text, required=False)


class PartForm(DatedForm):
    """A row below an entry. `seen` is the mark of the row the page was drawn from."""

    def __init__(self, *args, entry, **kwargs):
        self.entry = entry
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.initial["seen"] = mark_of(self.instance)
        else:
            self.fields["khoa"] = once_field()


class StepForm(forms.Form):
    """A step of an entry that asks for nothing; others add their fields."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, entry, **kwargs):
        self.entry = entry
        super().__init__(*args, **kwargs)
        self.initial["seen"] = entry.edit_version


def reason_field():
    return TextAnswer(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays in the log."),
        max_length=1000,
        rows=3,
        required=True,
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


class ReasonForm(StepForm):
    reason = reason_field()
