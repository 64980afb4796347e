"""Title and text of an entry; its files."""

import json

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from editing.merging import posted_base

from ..entering.files import policy_of
from ..entering.reading import files_of
from ..entering.writing import base_of, fields_of

LONGEST = 40_000  # characters; the rules count words


class ContentForm(forms.Form):
    """What is still empty is no error here: the last step says what is missing."""

    mark_optional = False

    title = TextAnswer(
        label=pgettext_lazy("entry", "Title"),
        help_text=gettext_lazy("What it is about, in at most 200 characters."),
        max_length=200,
    )
    text = TextAnswer(label=gettext_lazy("Text"), max_length=LONGEST, rows=14)

    def __init__(self, entry, data=None):
        self.entry = entry
        names = fields_of(entry.competition)
        super().__init__(data, initial={name: getattr(entry, name) for name in names})
        for name in set(self.fields) - set(names):
            del self.fields[name]
        if "text" in self.fields:
            most = entry.competition.words_most
            self.fields["text"].help_text = _("At most %(most)s words.") % {"most": most}
            self.fields["text"].widget.attrs["data-words-most"] = most

    def answers(self):
        """{name: value} of every field without an error that was in the page."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}

    @property
    def base(self):
        """What the posted page was drawn from; for a fresh page, what is stored now."""
        return posted_base(self.data.get("base", "{}")) if self.is_bound else base_of(self.entry)

    @property
    def base_json(self):
        return json.dumps(self.base, separators=(",", ":"))


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesForm(forms.Form):
    """New files, and one caption for each that is there."""

    mark_optional = False

    files = forms.FileField(label=gettext_lazy("Choose files"), required=False, widget=ManyFilesInput)

    def __init__(self, entry, data=None):
        super().__init__(data)
        self.rows = []
        policy = policy_of(entry.competition)
        self.fields["files"].widget.attrs["accept"] = policy.accept
        self.fields["files"].help_text = _("%(kinds)s. At most %(count)s files of 20 MB each.") % {
            "kinds": ", ".join(sorted(policy.kinds)),
            "count": policy.max_files,
        }
        for file in files_of(entry):
            name = f"caption-{file.pk}"
            self.fields[name] = TextAnswer(
                label=_("What %(name)s shows") % {"name": file.name}, max_length=200
            )
            self.initial[name] = file.caption
            self.rows.append((file, self[name]))

    def captions(self):
        """{file key: caption} of what was in the page and has no error."""
        return {
            file.pk: self.cleaned_data[field.name]
            for file, field in self.rows
            if field.name in self.data and field.name in self.cleaned_data
        }
