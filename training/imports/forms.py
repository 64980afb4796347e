"""What is uploaded and decided on the pages of imports."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from people.workbook.cells import clean_code
from people.workbook.container import MAX_BYTES
from trust.names import clean_name, hides_a_program
from trust.uploads import UploadPolicy, UploadRefused, check_upload, refuse_infected

from .decisions import Answer

_POLICY = UploadPolicy(frozenset({"xlsx"}), MAX_BYTES)
_ROW = re.compile(r"(courses|sessions|attendance|outside|exemptions)-([0-9]{1,7})")


class TrainingFileForm(forms.Form):
    file = forms.FileField(
        label=_("Training workbook"),
        help_text=_(
            "An Excel file (.xlsx) or a CSV, at most 20 MB. Nothing is written before the next step."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Choose the workbook."),
            "empty": _("The file is empty. Choose the workbook again."),
        },
    )

    def clean_file(self):
        """A workbook is looked through as every upload; whatever else it is, the reader says."""
        file = self.cleaned_data["file"]
        name = clean_name(file.name)
        if not name or hides_a_program(name):
            raise UploadRefused(
                "name_bad", _("The file has no usable name. Rename it, then choose it again.")
            )
        head = file.read(2)
        file.seek(0)
        if head == b"PK":
            check_upload(file, _POLICY)
        else:
            refuse_infected(file)
        file.clean_name = name
        return file


class WriteForm(forms.Form):
    leave_errors = forms.BooleanField(required=False)


def answers(data) -> dict:
    """`{(sheet, number): Answer}` of the rows the page showed. A row the page did not show is left alone."""
    found = {}
    for name in data.getlist("row"):
        match = _ROW.fullmatch(name)
        if match:
            typed = clean_code(data.get(f"code-{name}", ""))[:30]
            said = data.get(f"who-{name}", "")
            chosen = typed if said in ("", "other") else said
            leave = data.get(f"leave-{name}") == "yes" or said == "leave"
            found[match[1], int(match[2])] = Answer(leave=leave, chosen="" if leave else chosen)
    return found
