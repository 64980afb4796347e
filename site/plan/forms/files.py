"""Adding a file to an entry; a picture that may become public says what it shows and who agreed."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.fields import TextAnswer
from trust.uploads import CheckedFileField

from .base import once_field


class FileForm(forms.Form):
    alt = TextAnswer(
        label=gettext_lazy("What the picture shows"),
        help_text=gettext_lazy("Read aloud to those who do not see it. Name no private person."),
        max_length=250,
    )
    consent = TextAnswer(
        label=gettext_lazy("Who agreed to being shown"),
        help_text=gettext_lazy("Who can be recognised and agreed, when; or that nobody can. Not public."),
        max_length=300,
    )

    def __init__(self, *args, book, **kwargs):
        self.book = book
        super().__init__(*args, **kwargs)
        file = CheckedFileField(
            policy=book.files,
            label=gettext_lazy("File"),
            help_text=gettext_lazy("A picture, PDF, Word or Excel, at most 20 MB."),
            error_messages={"required": gettext_lazy("Choose a file.")},
        )
        self.fields = {"file": file} | (self.fields if book.pictures_shown else {}) | {"khoa": once_field()}

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if self.book.pictures_shown and file and file.checked.content_type.startswith("image/"):
            if not cleaned.get("alt"):
                self.add_error("alt", _("Write what the picture shows: it stands on a public page."))
            if not cleaned.get("consent"):
                self.add_error(
                    "consent", _("Write who agreed to being shown, or that nobody can be recognised.")
                )
        return cleaned
