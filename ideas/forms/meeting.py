"""What the pages of a meeting ask for: its plan, its roll, votes, ballots, conclusion."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.forms import DayField
from trust.uploads import CheckedFileField
from vietnamese.text import nfc

from .. import votes
from ..files import SCAN
from ..models import Conclusion
from ..moves import Answer
from ..reasons import sentence

YES, NO = "yes", "no"
PRESENT, ABSENT = "in", "out"


def words(problem):
    """The sentence of a `votes.Problem`."""
    return sentence(Answer("record_vote", False, problem.code, problem.params))


class InitiativeChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, initiative):
        return f"{initiative.code} · {initiative.title}"


class MeetingForm(forms.Form):
    """When, where and about what the council meets."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    day = DayField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("Day/month/year, for example 04/12/2026."),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the day of the meeting.")},
    )
    time = forms.TimeField(
        label=gettext_lazy("Hour"),
        help_text=gettext_lazy("For example 14:00."),
        input_formats=["%H:%M", "%Hh%M", "%H.%M", "%Hh"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "input-date", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the hour of the meeting."),
            "invalid": gettext_lazy("Type the hour like 14:00."),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=250,
        error_messages={"required": gettext_lazy("Enter where the council meets.")},
    )
    initiatives = InitiativeChoices(
        None,
        label=gettext_lazy("On the agenda"),
        help_text=gettext_lazy("Initiatives whose scoring is closed and that are not voted on yet."),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "One of the ticked initiatives is no longer free for this agenda. Look again."
            )
        },
    )
    mark_optional = False

    def __init__(self, *args, free, begun=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["initiatives"].queryset = free
        if begun:
            for name in ("day", "time", "place"):
                del self.fields[name]

    def clean_place(self):
        return nfc(self.cleaned_data["place"])

    @property
    def starts_at(self):
        typed = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        return timezone.make_aware(typed)


class RollForm(forms.Form):
    """One choice a seat; seats without a choice keep what the roll says."""

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = [seat for seat in seats if seat.staff_id]
        for seat in self.seats:
            self.fields[f"seat-{seat.pk}"] = forms.ChoiceField(
                choices=[(PRESENT, PRESENT), (ABSENT, ABSENT)], required=False
            )
            self.fields[f"reason-{seat.pk}"] = forms.CharField(
                label=_("Reason of absence"), max_length=200, required=False
            )

    @property
    def present(self):
        typed = {seat.pk: self.cleaned_data[f"seat-{seat.pk}"] for seat in self.seats}
        return {pk: value == PRESENT for pk, value in typed.items() if value}

    @property
    def reasons(self):
        return {seat.pk: self.cleaned_data[f"reason-{seat.pk}"] for seat in self.seats}


class CountersForm(forms.Form):
    """Who counts the secret ballots, among the seats that are present."""

    leader = forms.ChoiceField(
        label=gettext_lazy("Leads the counting"),
        error_messages={"required": gettext_lazy("Choose who leads the counting.")},
    )
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Count along"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one more person.")},
    )
    mark_optional = False

    def __init__(self, *args, sitting, **kwargs):
        super().__init__(*args, **kwargs)
        seats = [seat for seat in sitting.council.seats if sitting.is_present(seat)]
        names = [(seat.pk, seat.staff.full_name) for seat in seats]
        self.fields["leader"].choices = [("", pgettext_lazy("ballot counters", "Choose")), *names]
        self.fields["members"].choices = names

    @property
    def chosen(self):
        """(leader's seat key, the others')."""
        leader = int(self.cleaned_data["leader"])
        return leader, [int(pk) for pk in self.cleaned_data["members"] if int(pk) != leader]


class _RecordForm(forms.Form):
    """What every way of voting ends in: the council's conclusion, asked for when the result is recorded."""

    conclusion = forms.ChoiceField(
        label=gettext_lazy("The council concludes"),
        choices=Conclusion.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    mark_optional = False

    def __init__(self, *args, sitting, item, recording=False, **kwargs):
        super().__init__(*args, prefix=f"viec-{item.pk}", **kwargs)
        self.sitting, self.item, self.recording = sitting, item, recording
        self.able = sitting.able(item.initiative)

    def _check_conclusion(self, count):
        problem = votes.conclusion_problem(self.cleaned_data.get("conclusion"), count)
        if problem:
            self.add_error("conclusion", words(problem))


class OpenVoteForm(_RecordForm):
    """A choice for each seat that can vote."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for seat in self.able:
            self.fields[f"seat-{seat}"] = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], required=False)

    @property
    def cast(self):
        typed = {seat: self.cleaned_data.get(f"seat-{seat}") for seat in self.able}
        return {seat: value == YES for seat, value in typed.items() if value}

    def clean(self):
        if self.recording:
            cast = self.cast
            if not cast:
                self.add_error(None, words(votes.Problem("votes_none")))
            else:
                count = votes.count_open(self.sitting.seats, self.sitting.needed, cast, self.able)
                self._check_conclusion(count)


class BallotField(forms.IntegerField):
    def __init__(self, label):
        super().__init__(
            label=label,
            min_value=0,
            max_value=999,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "required": gettext_lazy("Enter a number; 0 where there is none."),
                "invalid": gettext_lazy("Enter a whole number."),
            },
        )


class SecretBallotForm(_RecordForm):
    """Totals as the signed tally has them; every figure that does not add up is named."""

    issued = BallotField(gettext_lazy("Ballots issued"))
    returned = BallotField(gettext_lazy("Ballots returned"))
    valid = BallotField(gettext_lazy("Valid ballots"))
    invalid = BallotField(gettext_lazy("Invalid ballots"))
    votes_for = BallotField(gettext_lazy("Votes for"))
    votes_against = BallotField(gettext_lazy("Votes against"))
    tally = CheckedFileField(
        policy=SCAN,
        required=False,
        label=gettext_lazy("Signed tally"),
        help_text=gettext_lazy("PDF or picture, at most 20 MB. May be left out."),
    )
    field_order = [
        "issued",
        "returned",
        "valid",
        "invalid",
        "votes_for",
        "votes_against",
        "conclusion",
        "tally",
    ]
    TOTALS = ("issued", "returned", "valid", "invalid", "votes_for", "votes_against")

    @property
    def totals(self):
        return [self[name] for name in self.TOTALS]

    @property
    def ballots(self):
        return votes.Ballots(**{name: self.cleaned_data[name] for name in self.TOTALS})

    def clean(self):
        if any(name not in self.cleaned_data for name in self.TOTALS):
            return
        problems = votes.ballot_problems(self.ballots, len(self.able))
        for problem in problems:
            self.add_error(problem.field or None, words(problem))
        if not problems:
            self._check_conclusion(self.ballots.count(self.sitting.seats, self.sitting.needed))


class ConclusionForm(forms.Form):
    conclusion = forms.CharField(
        label=gettext_lazy("Conclusion and proposals"),
        help_text=gettext_lazy("Goes into the minutes. The portal fills in the votes by itself."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10000,
        required=False,
    )
    mark_optional = False
