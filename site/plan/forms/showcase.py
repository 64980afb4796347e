"""A model example and where it was taken up."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.models import Unit
from portal.recognised import is_recognised

from ..models import Replication, Showcase
from .base import EntryForm, PartForm, StepForm, last_day
from .fields import check_not_ahead, check_until, day

_CODE = re.compile(r"SK-\d{4}-[A-Z0-9]{1,12}")


def _words(label, help_text="", **more):
    return TextAnswer(label=label, help_text=help_text, max_length=5000, rows=5, **more)


class ShowcaseForm(EntryForm):
    with_files = False  # pictures say what they show: one by one, afterwards
    title = TextAnswer(
        label=gettext_lazy("Name of the model"),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Type the name of the model.")},
    )
    where = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Residential group or unit where it is"),
        empty_label=gettext_lazy("The whole ward, or the unit itself"),
        required=False,
    )
    text = _words(
        pgettext_lazy("showcase", "What it is"),
        required=True,
        error_messages={"required": gettext_lazy("Write what it is.")},
    )
    who = _words(gettext_lazy("Who did it"), gettext_lazy("Units and groups. Name a person only who agreed."))
    results = _words(gettext_lazy("Results"), gettext_lazy("With figures where there are any."))
    how_to = _words(
        gettext_lazy("How to do it again"), gettext_lazy("Step by step, for another group or unit.")
    )
    initiative_code = TextAnswer(
        label=gettext_lazy("Code of the recognised initiative"),
        help_text=gettext_lazy("Where the model comes from one. For example SK-2026-HD15."),
        max_length=20,
    )

    class Meta:
        model = Showcase
        fields = ["unit", "title", "where", "text", "who", "results", "how_to", "initiative_code"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["where"].queryset = Unit.objects.exclude(
            pk__in=self.rights.gone - {self.instance.where_id}
        ).order_by("order", "code")

    def clean_initiative_code(self):
        code = self.cleaned_data["initiative_code"].upper()
        if code and not _CODE.fullmatch(code):
            raise forms.ValidationError(
                _("“%(code)s” is no code of an initiative. Copy it from its page, for example SK-2026-HD15.")
                % {"code": code}
            )
        if code and not is_recognised(code):
            raise forms.ValidationError(
                _("No recognised initiative has the code “%(code)s”. Check it, or leave this empty.")
                % {"code": code}
            )
        return code


class ReplicationForm(PartForm):
    place = TextAnswer(
        label=gettext_lazy("Where"),
        help_text=gettext_lazy("Residential group, unit, or another ward."),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Type where.")},
    )
    start_on = day(gettext_lazy("Since"))
    last_day = last_day()
    note = TextAnswer(label=gettext_lazy("How it goes there"), max_length=2000, rows=3)

    class Meta:
        model = Replication
        fields = ["place", "start_on", "note"]

    field_order = ["place", "start_on", "last_day", "note"]

    def clean(self):
        cleaned = super().clean()
        check_until(self)
        check_not_ahead(self, "start_on", self.today)
        return cleaned


class PublishForm(StepForm):
    agreed = forms.BooleanField(
        label=gettext_lazy("Everybody named or shown agreed, and nothing in it is confidential."),
        error_messages={"required": gettext_lazy("Tick this once it is so.")},
    )
