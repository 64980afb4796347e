"""Forms of the satisfaction survey: the one question, the points, hiding a comment."""

from django import forms
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer
from people.models import Unit

from ..models import Level, ServiceField
from ..survey.answering import LONGEST_COMMENT
from ..survey.refusing import SENTENCES
from .fields import spoken


class SurveyForm(forms.Form):
    """One question; the rest may stay empty. A kiosk sends the level by its button."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("How satisfied are you with the service?"),
        choices=[(level.value, level.label) for level in reversed(Level)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": SENTENCES["level_missing"],
            "invalid_choice": SENTENCES["level_missing"],
        },
    )
    service_field = forms.ChoiceField(
        label=gettext_lazy("What did you come for?"),
        choices=[("", gettext_lazy("I do not want to say")), *spoken(ServiceField.choices)],
        required=False,
        widget=forms.Select,
    )
    comment = TextAnswer(
        label=gettext_lazy("What should be better?"),
        help_text=gettext_lazy(
            "Please write no name, telephone number or anything else of a person. It is not published."
        ),
        max_length=LONGEST_COMMENT,
        rows=3,
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)


class PointForm(forms.Form):
    name = TextAnswer(
        label=gettext_lazy("Name of the point"),
        help_text=gettext_lazy("Where people stand when they answer, for example “Counter 3”."),
        max_length=120,
        required=True,
        error_messages={"required": gettext_lazy("Write the name of the point.")},
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        empty_label=gettext_lazy("Choose a unit"),
        error_messages={"required": gettext_lazy("Choose the unit whose service it is about.")},
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("The point takes answers"), required=False, initial=True
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def refuse(self, refused):
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class HideForm(forms.Form):
    reason = TextAnswer(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays in the log; do not repeat what is hidden."),
        max_length=500,
        rows=3,
        required=True,
        error_messages={"required": SENTENCES["reason_missing"]},
    )
