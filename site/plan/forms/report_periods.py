"""Forms of the periods: asked for, changed, opened although the plan's day is over."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.models import Unit

from ..reports.calendar import Asked
from .reports import WHOLE_DAY, DayAnswer


class PeriodForm(forms.Form):
    """Days and words of a period; `asked()` for `calendar`."""

    title = TextAnswer(
        label=pgettext_lazy("report period", "Title"),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Write what the report is about.")},
    )
    from_day = DayAnswer(label=gettext_lazy("The report speaks of the time from"))
    to_day = DayAnswer(label=pgettext_lazy("report period", "to"))
    cut_off = DayAnswer(
        label=gettext_lazy("Figures as of"),
        help_text=gettext_lazy("Everybody gives the figures of this day, so that they can be added up."),
    )
    last_day = DayAnswer(
        label=gettext_lazy("Last day to send"),
        help_text=WHOLE_DAY,
    )
    instructions = TextAnswer(
        label=gettext_lazy("What units should attend to"), max_length=4000, required=False, rows=4
    )

    def asked(self):
        names = ("title", "from_day", "to_day", "cut_off", "last_day", "instructions")
        return Asked(**{name: self.cleaned_data[name] for name in names})


class AdHocForm(PeriodForm):
    units = forms.ModelMultipleChoiceField(
        None,
        label=pgettext_lazy("report period", "Who reports"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one unit.")},
    )

    def __init__(self, units, data=None):
        today = timezone.localdate()
        super().__init__(
            data, initial={"from_day": today.replace(month=1, day=1), "to_day": today, "cut_off": today}
        )
        keys = [unit.pk for unit in units]
        self.fields["units"].queryset = Unit.objects.filter(pk__in=keys).order_by("order", "code")
        self.fields["units"].label_from_instance = lambda unit: unit.name


class OpenForm(forms.Form):
    """A planned period that is over: by when its reports are to be sent."""

    last_day = DayAnswer(
        label=gettext_lazy("To be sent by"),
        help_text=WHOLE_DAY,
        error_messages={
            "required": gettext_lazy(
                "The last day has passed. Enter the day by which the report is to be sent."
            )
        },
    )


class ChangeForm(PeriodForm):
    reason = TextAnswer(
        label=gettext_lazy("Why it is changed"),
        help_text=gettext_lazy("It stays in the history of every report of the period."),
        max_length=2000,
        required=True,
        rows=3,
        error_messages={"required": gettext_lazy("Write the reason.")},
    )

    def __init__(self, period, data=None):
        names = ("title", "from_day", "to_day", "cut_off", "last_day", "instructions")
        super().__init__(data, initial={name: getattr(period, name) for name in names})
