"""What the head's decisions ask for: the number, the day and the signed file of a paper signed elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy

from trust.uploads import CheckedFileField

from ..corrections import AUTHOR_FIELDS
from ..files import SIGNED, StoredFile, store_signed_file
from ..reasons import words_of
from .parts import DayField, StepForm, WordsField

# Stands for the signed file while the workflow is asked whether everything else holds.
_TO_BE_STORED = StoredFile("", "", "", 0)


class DecisionForm(StepForm):
    """Number, day and signed file. Call `brought()` only once the workflow has no objection to `promised()`:
    it stores the file."""

    number = forms.CharField(
        label=gettext_lazy("Decision number"),
        help_text=gettext_lazy("As on the signed paper, for example 468/QĐ-UBND."),
        max_length=60,
        error_messages={"required": words_of("decision_number_missing")},
    )
    decided_on = DayField(
        "decision_date_missing",
        label=gettext_lazy("Decision date"),
        help_text=gettext_lazy("Day/month/year, for example 08/12/2026."),
    )
    file = CheckedFileField(
        policy=SIGNED,
        label=gettext_lazy("Signed decision"),
        help_text=gettext_lazy(
            "PDF, at most 20 MB. It is kept unchanged with its check code. "
            "If something is corrected on this page, choose the file again."
        ),
        error_messages={"required": words_of("decision_file_missing")},
    )

    def promised(self):
        """What will be brought, for asking first; nothing is stored."""
        data = super().brought()
        return {**data, "file": _TO_BE_STORED if data.get("file") else None}

    def brought(self):
        """With the file checked and stored, outside any transaction. Raises `UploadRefused`."""
        data = super().brought()
        return {**data, "file": store_signed_file(data["file"]) if data.get("file") else None}


class RecogniseForm(DecisionForm):
    field_order = ["number", "decided_on", "file"]


class DeclineForm(DecisionForm):
    """A refusal is told with its reason; a signed paper is added where there is one."""

    public_reason = WordsField(
        "public_reason_missing",
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The author reads this and may complain about it within 90 days."),
    )
    reason = WordsField(
        "reason_against_vote_missing",
        label=gettext_lazy("The head's own reason"),
        help_text=gettext_lazy("Two thirds of the seats agreed; the law asks why the decision differs."),
        required=False,
    )
    field_order = ["public_reason", "reason", "number", "decided_on", "file"]

    def fit(self):
        for name in ("number", "decided_on", "file"):
            self.fields[name].required = False
        item = self.initiative.current_item
        if item is None or item.votes_for is None or item.votes_for < item.needed:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def promised(self):
        data = super().promised()
        return {name: value for name, value in data.items() if value not in (None, "")}

    def brought(self):
        return {name: value for name, value in super().brought().items() if value not in (None, "")}


class CorrectForm(DecisionForm):
    reason = WordsField(
        "reason_missing",
        label=gettext_lazy("What is corrected"),
        help_text=gettext_lazy(
            "The authors and whoever checks an old certificate read that it was replaced."
        ),
    )
    title = forms.CharField(label=gettext_lazy("Name of the initiative"), max_length=500, required=False)
    field_order = ["reason", "title", "number", "decided_on", "file"]

    def fit(self):
        """What the certificates say, as it stands: whoever corrects changes only what is wrong."""
        self.initial["title"] = self.initiative.title
        for author in self.initiative.authors.all():
            for name in AUTHOR_FIELDS:
                field = self.fields[_author_field(author, name)] = _CORRECTED[name]()
                field.label = f"{author.full_name}: {field.label}"
                self.initial[_author_field(author, name)] = getattr(author, name)
        ends = ["number", "decided_on", "file"]
        self.order_fields([name for name in self.fields if name not in ends] + ends)

    def _with_corrections(self, data):
        """`title` and the author fields gathered under `corrections`, as the workflow takes them."""
        authors = {
            author.pk: {name: data.pop(_author_field(author, name), None) for name in AUTHOR_FIELDS}
            for author in self.initiative.authors.all()
        }
        return {**data, "corrections": {"title": data.pop("title", ""), "authors": authors}}

    def promised(self):
        return self._with_corrections(super().promised())

    def brought(self):
        return self._with_corrections(super().brought())


def _author_field(author, name):
    return f"author-{author.pk}-{name}"


_CORRECTED = {
    "full_name": lambda: forms.CharField(label=gettext_lazy("full name"), max_length=120, required=False),
    "birth_date": lambda: DayField(
        "decision_date_missing", label=gettext_lazy("date of birth"), required=False
    ),
    "workplace": lambda: forms.CharField(
        label=gettext_lazy("workplace or residence"), max_length=250, required=False
    ),
    "job_title": lambda: forms.CharField(label=gettext_lazy("job title"), max_length=120, required=False),
    "qualification": lambda: forms.CharField(
        label=gettext_lazy("professional qualification"), max_length=120, required=False
    ),
}


class RevokeForm(DecisionForm):
    public_reason = WordsField(
        "public_reason_missing",
        label=gettext_lazy("Ground of the revocation"),
        help_text=gettext_lazy(
            "The author reads this; it also stands on the page that verifies certificates."
        ),
    )
    field_order = ["public_reason", "number", "decided_on", "file"]
