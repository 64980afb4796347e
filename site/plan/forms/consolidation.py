"""A section of the consolidated report; number, date and signed file of the whole."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.forms import DayField
from editing.fields import TextAnswer
from editing.merging import posted_base
from trust.uploads import CheckedFileField
from vietnamese.text import nfc

from ..consolidation.drafting import LONGEST
from ..consolidation.issuing import SIGNED
from ..consolidation.refusing import SENTENCES
from ..consolidation.writing import base_of
from ..models import Signer


class SectionForm(forms.Form):
    """One text. `base` says which one the page was drawn from."""

    mark_optional = False

    text = TextAnswer(
        label=pgettext_lazy("section of a report", "Text"),
        help_text=_(
            "Each line is a paragraph. A line that begins with “- ” belongs to a list; a short line such as "
            "“1. Results” is a heading."
        ),
        max_length=LONGEST,
        rows=22,
    )

    def __init__(self, section, data=None):
        self.section = section
        super().__init__(data, initial={"text": section.text})

    def answers(self):
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}

    @property
    def base(self):
        """What the posted page was drawn from; for a fresh page, what is stored now."""
        return posted_base(self.data.get("base", "{}")) if self.is_bound else base_of(self.section)

    @property
    def base_json(self):
        return json.dumps(self.base, separators=(",", ":"))


class SignerForm(forms.Form):
    """The head of the ward or a deputy for the head, by name."""

    signer = forms.ChoiceField(
        label=pgettext_lazy("decision", "Signed by"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who signs."),
            "invalid_choice": SENTENCES["signer_unknown"],
        },
    )

    def __init__(self, candidates, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["signer"].choices = [
            (one.key, f"{one.person.display_name}, {Signer(one.signed_as).label}") for one in candidates
        ]


class IssueForm(forms.Form):
    """What is entered once the report is signed. What stands already is replaced only with a reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    number = forms.CharField(
        label=_("Number of the paper"),
        max_length=60,
        error_messages={"required": SENTENCES["paper_number_missing"]},
    )
    issued_on = DayField(
        label=_("Date of the paper"),
        help_text=_("Day/month/year, for example 08/12/2026."),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Enter the date of the signed paper.")},
    )
    file = CheckedFileField(
        policy=SIGNED,
        label=_("Signed file"),
        help_text=_(
            "PDF, at most 20 MB. It is kept unchanged with its check code. "
            "If something is corrected on this page, choose the file again."
        ),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why it is replaced"),
        help_text=_("What stood before stays in the log with this reason."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": SENTENCES["reason_missing"]},
    )

    def __init__(self, data=None, files=None, *, paper=None, proposed=""):
        initial = {"seen": paper.edit_version if paper else 0}
        initial |= {"number": paper.number, "issued_on": paper.issued_on} if paper else {"number": proposed}
        super().__init__(data, files, initial=initial)
        self.fields["number"].help_text = _("As on the signed paper, for example %(number)s.") % {
            "number": proposed
        }
        if paper is None:
            del self.fields["reason"]

    def clean_reason(self):
        return nfc(self.cleaned_data["reason"])

    def typed(self):
        """What goes to the register, without the file, which is stored apart."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return values | {"seen": values.get("seen") or 0}
