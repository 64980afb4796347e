"""Forms of the quiz: one answer, one question of the bank, a file of questions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.workbook.container import MAX_BYTES
from trust.uploads import CheckedFileField, UploadPolicy

from ..models import Choice, Question
from .bank import LEAST_ANSWERS, MOST_ANSWERS, same_text

_POLICY = UploadPolicy(frozenset({"xlsx"}), MAX_BYTES)
_ONE_RIGHT = _("Mark the answer that is right.")


class AnswerForm(forms.Form):
    """The answers to one question (`review.Asked`), none chosen beforehand."""

    choice = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an answer, or go on without one."),
            "invalid_choice": _("Choose one of the answers shown."),
        },
    )

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"].label = question.text
        self.fields["choice"].choices = list(question.choices)
        self.initial["choice"] = question.chosen


class QuestionForm(forms.Form):
    """A question with up to six answers, one of them marked."""

    text = forms.CharField(
        label=pgettext_lazy("quiz", "Question"),
        max_length=Question._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the question.")},
    )
    explanation = forms.CharField(
        label=_("Why this answer is right"),
        help_text=_("Shown to entrants once the quiz is closed, beside their marks."),
        max_length=Question._meta.get_field("explanation").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    right = forms.TypedChoiceField(
        label=_("Right answer"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, MOST_ANSWERS + 1)],
        widget=forms.RadioSelect,
        error_messages={"required": _ONE_RIGHT, "invalid_choice": _ONE_RIGHT},
    )

    def __init__(self, *args, question=None, **kwargs):
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_ANSWERS + 1):
            self.fields[f"choice_{n}"] = forms.CharField(
                label=pgettext_lazy("quiz", "Answer %(number)s") % {"number": n},
                max_length=Choice._meta.get_field("text").max_length,
                required=n <= LEAST_ANSWERS,
                error_messages={"required": _("A question needs at least two answers.")},
            )
        if question is not None:
            self._fill(question)

    def _fill(self, question):
        self.initial |= {"text": question.text, "explanation": question.explanation}
        for n, choice in enumerate(question.choices.all(), start=1):
            self.initial[f"choice_{n}"] = choice.text
            if choice.is_right:
                self.initial["right"] = n

    @property
    def answers(self):
        """[(radio, field)] of the six answers, for the template."""
        radios = list(self["right"])
        return [(radio, self[f"choice_{n}"]) for n, radio in enumerate(radios, start=1)]

    def clean(self):
        cleaned = super().clean()
        texts = {n: (cleaned.get(f"choice_{n}") or "").strip() for n in range(1, MOST_ANSWERS + 1)}
        filled = {n: text for n, text in texts.items() if text}
        if len({same_text(text) for text in filled.values()}) < len(filled):
            self.add_error(f"choice_{max(filled)}", _("Two answers of this question say the same."))
        right = cleaned.get("right")
        if right and right not in filled and f"choice_{right}" not in self.errors:
            self.add_error("right", _("The answer marked as right is empty."))
        self.choices = [(text, n == right) for n, text in filled.items()]
        return cleaned


class QuestionFileForm(forms.Form):
    file = CheckedFileField(
        policy=_POLICY,
        label=_("Workbook of questions"),
        help_text=_("An Excel file (.xlsx), at most 20 MB. With one wrong row nothing is taken over."),
        error_messages={"required": _("Choose the workbook.")},
    )
    replace = forms.BooleanField(
        label=_("Take away the questions that are in the bank now"),
        required=False,
    )
