"""What an assignment of lead members asks for."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ideas.leads.proposing import MOST_EACH
from scoring.forms import CommentField
from trust.uploads import CheckedFileField, UploadPolicy

WORKBOOK = UploadPolicy(kinds=frozenset({"xlsx"}), max_bytes=settings.UPLOAD_MAX_BYTES)


class ProposalForm(forms.Form):
    """How many leads a dossier gets, and the seed that draws the same proposal again."""

    each = forms.IntegerField(
        label=_("Lead members for each dossier"),
        min_value=1,
        max_value=MOST_EACH,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter a whole number.")},
    )
    seed = forms.RegexField(
        r"^[0-9]{1,9}$",
        label=_("Number of the draw"),
        required=False,
        help_text=_(
            "Empty for a new draw. The same number over the same dossiers and members draws it again."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("At most nine figures.")},
    )


class LeadsFileForm(forms.Form):
    file = CheckedFileField(
        label=_("Excel file"),
        policy=WORKBOOK,
        help_text=_("The template, filled in. First it is only compared; nothing is written."),
        error_messages={"required": _("Choose the file.")},
    )
    mark_optional = False


class LeadsByHandForm(forms.Form):
    leads = forms.MultipleChoiceField(
        label=_("Lead members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only members who score this dossier are listed."),
    )
    mark_optional = False

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        people = sorted(dossier.eligible.values(), key=lambda staff: (staff.order_key, staff.pk))
        self.fields["leads"].choices = [(staff.pk, staff.full_name) for staff in people]

    @property
    def chosen(self):
        return {int(pk) for pk in self.cleaned_data["leads"]}


class LeadCommentForm(forms.Form):
    comment = CommentField(
        label=_("Written comment"),
        max_length=10_000,
        required=True,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "What is new, what is proven, what to ask the authors. No points: those stand in the sheet."
        ),
        error_messages={"required": _("Write the comment.")},
    )
    mark_optional = False
