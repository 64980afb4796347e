"""What people type on the pages of staff and accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trust.uploads import refuse_infected

from .models import Staff, Unit
from .roles import Role
from .workbook.container import MAX_BYTES, megabytes


class StaffSearch(forms.Form):
    mark_optional = False  # everything in a search is
    q = forms.CharField(label=_("Name or code"), required=False, max_length=120)
    unit = forms.ModelChoiceField(
        Unit.objects.all(), label=_("Unit"), required=False, empty_label=pgettext_lazy("units", "All")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"


class RosterUploadForm(forms.Form):
    file = forms.FileField(
        label=_("Roster workbook"),
        help_text=_("An Excel file (.xlsx), at most 20 MB. Nothing is written before the next step."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        error_messages={
            "required": _("Choose the workbook."),
            "empty": _("The file is empty. Choose the workbook again."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is %(size)s MB, at most %(limit)s MB. Split it into two files."),
                params={"size": megabytes(file.size), "limit": megabytes(MAX_BYTES)},
            )
        refuse_infected(file)
        return file


class RosterConfirmForm(forms.Form):
    skip_errors = forms.BooleanField(label=_("Leave out the wrong rows, write the rest"), required=False)


class AccountSearch(forms.Form):
    mark_optional = False
    q = forms.CharField(label=_("Name, code or user name"), required=False, max_length=120)
    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", pgettext_lazy("roles", "All")), *Role.choices]
        self.fields["q"].widget.input_type = "search"


class NewAccountForm(forms.Form):
    """The person is named by the staff code: the list shows who has no account yet."""

    staff_code = forms.CharField(
        label=_("Staff code"),
        max_length=30,
        help_text=_("The code becomes the user name. For example HD-0007."),
    )

    def clean_staff_code(self):
        code = self.cleaned_data["staff_code"].strip()
        staff = Staff.objects.filter(staff_code=code).first()
        if staff is None:
            raise forms.ValidationError(
                _("Nobody on the roster has the code %(code)s. Check it, or bring the person in first."),
                params={"code": code},
            )
        if staff.user_id:
            raise forms.ValidationError(
                _("%(name)s already has an account."), params={"name": staff.full_name}
            )
        self.staff = staff
        return code


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class GrantRoleForm(RoleForm):
    """Only roles the account does not have."""

    def __init__(self, *args, held=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [choice for choice in Role.choices if choice[0] not in held]
