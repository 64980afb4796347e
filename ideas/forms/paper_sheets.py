"""What two people key from a paper sheet, and why one of them reads it anew."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scoring.forms import CommentField, SheetForm


class KeyingForm(SheetForm):
    """A paper as one person reads it: every required criterion, what the paper promises, the scan once."""

    def __init__(self, rubric, data=None, files=None, *, wants_scan, **kwargs):
        super().__init__(rubric, data, final=True, **kwargs)
        self.files = files or {}
        self.fields["comment"].help_text = _("As written on the paper. Empty where nothing is written.")
        if wants_scan:
            self.fields["scan"] = forms.FileField(
                label=_("Scan of the paper"),
                help_text=_("PDF, JPG or PNG. Both people key from the same scan."),
                error_messages={"required": _("Attach the scan of the filled-in paper.")},
            )
        self.fields["is_signed"] = forms.BooleanField(
            label=_(
                "The paper is signed by the member named on it, below the words on conflicts of interest"
            ),
            error_messages={"required": _("An unsigned paper is not entered. Give it back to the member.")},
        )


class CorrectionForm(SheetForm):
    """One's own keying again: only where the two differ, and why it is read differently now."""

    def __init__(self, rubric, codes, data=None, **kwargs):
        super().__init__(rubric, data, final=True, **kwargs)
        kept = {name for code in codes for name in _names(code)}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        if "comment" in self.fields:
            self.fields["comment"].help_text = ""
        self.fields["reason"] = CommentField(
            label=_("Why it is read differently now"),
            max_length=500,
            required=True,
            help_text=_("For example: the figure was crossed out and written anew."),
            error_messages={"required": _("Write the reason.")},
        )


def _names(code):
    return (f"points-{code}", f"comment-{code}") if code else ("comment",)
