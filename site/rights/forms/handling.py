"""The officer's steps."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.letter_forms import SeenForm

_READ = gettext_lazy("The sender reads this by the tracking code.")


def _words(label, required, help_text=_READ, name="text"):
    return TextAnswer(
        label=label,
        help_text=help_text,
        max_length=5000,
        rows=5,
        required=True,
        error_messages={"required": required},
    )


class StepForm(SeenForm):
    def __init__(self, *args, request_row, **kwargs):
        self.row = request_row
        super().__init__(*args, **kwargs)


class AnswerForm(StepForm):
    text = _words(
        gettext_lazy("First answer"), gettext_lazy("Write what will be done; the day is added by itself.")
    )
    with_processor = forms.BooleanField(
        label=gettext_lazy("Somebody who processes data for the ward must act too"),
        help_text=gettext_lazy(
            "Then the decree gives more days: 20 instead of 15, 15 instead of 10, 30 instead of 20."
        ),
        required=False,
    )


class AskMoreForm(StepForm):
    text = _words(
        gettext_lazy("What is asked of the sender"),
        gettext_lazy("Write what is missing."),
        gettext_lazy("The sender reads this by the tracking code. The term goes on meanwhile."),
    )


class IdentifyForm(StepForm):
    note = TextAnswer(
        label=gettext_lazy("How it was checked"),
        help_text=gettext_lazy(
            "Which paper was looked at, on which day. Write no number and keep no copy of it."
        ),
        max_length=250,
        required=True,
        error_messages={"required": gettext_lazy("Write how it was checked.")},
    )
    staff_code = forms.CharField(
        label=gettext_lazy("Staff code, where the person is or was on the roster"),
        required=False,
        max_length=30,
    )


class ExtendForm(StepForm):
    reason = _words(gettext_lazy("Why more time is needed"), gettext_lazy("Write the reason."))


class CopyForm(StepForm):
    pass


class CarryOutForm(StepForm):
    text = _words(gettext_lazy("What was done"), gettext_lazy("Write what was done."))


class RefuseForm(StepForm):
    reason = _words(
        gettext_lazy("Why it is refused"),
        gettext_lazy("Write the reason and the provision."),
        gettext_lazy("Name the provision. The sender reads this, with the right to complain."),
    )


class EraseForm(StepForm):
    plan = forms.CharField(widget=forms.HiddenInput, required=False)
    text = _words(
        pgettext_lazy("erasure", "Answer to the sender"),
        gettext_lazy("Write what was erased and what stays."),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I have read the preview. What goes cannot be brought back."),
        error_messages={"required": gettext_lazy("Tick this when the preview is read.")},
    )
