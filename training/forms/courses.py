"""A course of the catalogue, with what it counts for."""

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vietnamese.text import nfc

from ..models import TOPICS, Course, Requirement

CODE = RegexValidator(r"^[\w.-]+$", _("Letters, digits, dot, dash; no spaces, for example KNS-2026-04."))
YEARS_AHEAD = 4


class NfcCharField(forms.CharField):
    def to_python(self, value):
        return nfc(super().to_python(value))


class CourseForm(forms.ModelForm):
    """Every chosen requirement is counted for in every chosen year (training.md §7)."""

    code = NfcCharField(
        label=_("Code"), max_length=24, validators=[CODE], help_text=_("Short, for example KNS-2026-04.")
    )
    name = NfcCharField(label=_("Name of the course"), max_length=200)
    description = NfcCharField(
        label=_("What is learned"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    topics = forms.TypedMultipleChoiceField(
        label=_("Groups of content"),
        help_text=_("One to seven groups, as Decree 224/2026/NĐ-CP, article 77 names them."),
        coerce=int,
        choices=list(TOPICS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one group of content.")},
    )
    level = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        choices=[
            (1, _("1. Basic")),
            (2, _("2. Intermediate")),
            (3, _("3. Advanced")),
            (4, _("4. Specialised")),
        ],
    )
    requirements = forms.ModelMultipleChoiceField(
        Requirement.objects.none(),
        label=_("Counts for"),
        help_text=_("Nothing ticked: the course counts for no requirement."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    years = forms.TypedMultipleChoiceField(
        label=_("In the years"),
        help_text=_("Sessions held in these years count."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Course
        fields = ["code", "name", "description", "topics", "level", "mode", "is_active"]

    field_order = [
        "code",
        "name",
        "description",
        "topics",
        "level",
        "mode",
        "requirements",
        "years",
        "is_active",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        counting = list(self.instance.counting.all()) if self.instance.pk else []
        self.fields["requirements"].queryset = Requirement.objects.all()
        self.initial.setdefault("requirements", sorted({row.requirement_id for row in counting}))
        kept = {row.year for row in counting}
        this_year = timezone.localdate().year
        offered = sorted(kept | set(range(this_year - 1, this_year + YEARS_AHEAD + 1)))
        self.fields["years"].choices = [(year, str(year)) for year in offered]
        self.initial.setdefault("years", sorted(kept))
        self.fields["is_active"].label = _("Offered: new sessions can be planned")

    def clean_topics(self):
        return sorted(self.cleaned_data["topics"])

    def clean(self):
        data = super().clean()
        if bool(data.get("requirements")) != bool(data.get("years")) and not self.errors:
            missing = "years" if data.get("requirements") else "requirements"
            self.add_error(missing, _("What a course counts for needs both: a requirement and a year."))
        return data
