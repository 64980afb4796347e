"""The score sheet as a form: a field per criterion, empty at first, "8,5" and "8.5" alike."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from vietnamese.numbers import format_decimal
from vietnamese.text import nfc

from .points import MISSING, ScoreRefused, range_hint, read_points
from .rubric import plain_text

COMMENT_LENGTH = 4000


class PointsField(forms.CharField):
    """Points for one criterion; cleans to an exact Decimal, or None where nothing is typed.

    With `final` a required criterion may not stay empty. The error names the criterion and its range; its
    code is that of `ScoreRefused`. What was typed is drawn again as it was.
    """

    def __init__(self, criterion, *, final=False, **kwargs):
        self.criterion = criterion
        self.final = final
        kwargs.setdefault("label", criterion.name)
        kwargs.setdefault("help_text", range_hint(criterion))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20})
        )
        super().__init__(required=final and criterion.required, **kwargs)

    def prepare_value(self, value):
        """Kept points with the decimal mark of the language, without thousands marks."""
        if isinstance(value, Decimal):
            return plain_text(value).replace(".", format_decimal("0.5")[1])
        return value

    def clean(self, value):
        try:
            return read_points(self.criterion, value)
        except ScoreRefused as refused:
            if refused.code == MISSING and not self.required:
                return None
            raise forms.ValidationError(refused.message, code=refused.code) from refused


class CommentField(forms.CharField):
    """Words for a criterion or for the whole sheet, stored composed."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", COMMENT_LENGTH)
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return nfc(super().to_python(value))


class SheetForm(forms.Form):
    """A sheet under `rubric`.

    Fields `points-<code>`, `comment-<code>` (comment-only criteria) and `comment` (the whole sheet).
    `points` ({code: Decimal or None}) and `comments` ({code: text}) are what the sheet holds by now; nothing
    is ever pre-filled beyond them. `final` when the sheet is handed in rather than saved.
    """

    use_required_attribute = False  # "save, finish later" must go through with empty fields

    def __init__(self, rubric, data=None, *, points=None, comments=None, comment="", final=False, **kwargs):
        super().__init__(data, **kwargs)
        self.rubric = rubric
        for criterion in rubric.criteria:
            if criterion.comment_only:
                self._add_comment(criterion, (comments or {}).get(criterion.code, ""), final)
            else:
                initial = (points or {}).get(criterion.code)
                field = PointsField(criterion, final=final, initial=initial)
                self.fields[f"points-{criterion.code}"] = field
        self.fields["comment"] = CommentField(
            label=_("Remarks"),
            initial=comment,
            help_text=_("The author can read this after the result, without the name of who scored."),
        )

    def _add_comment(self, criterion, initial, final):
        self.fields[f"comment-{criterion.code}"] = CommentField(
            label=criterion.name,
            help_text=criterion.guidance,
            initial=initial,
            required=final and criterion.required,
            error_messages={
                "required": _("“%(criterion)s” needs some words.") % {"criterion": criterion.name}
            },
        )

    def rows(self):
        """(group, [(criterion, bound field), …]) pairs in the rubric's order, for templates."""
        return [
            (group, [(criterion, self[self._name(criterion)]) for criterion in criteria])
            for group, criteria in self.rubric.grouped()
        ]

    @staticmethod
    def _name(criterion):
        return f"{'comment' if criterion.comment_only else 'points'}-{criterion.code}"

    @property
    def points(self):
        """{criterion code: Decimal or None} of every field without an error."""
        return self._cleaned("points-")

    @property
    def comments(self):
        """{criterion code: text} of the comment-only criteria without an error."""
        return self._cleaned("comment-")

    def _cleaned(self, prefix):
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }


class ReasonForm(forms.Form):
    """Words for the record: recusal, replacement, reopening."""

    reason = CommentField(
        label=_("Reason"), max_length=500, required=True, error_messages={"required": _("Write the reason.")}
    )

    def __init__(self, *args, help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text
