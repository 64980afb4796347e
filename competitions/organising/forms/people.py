"""Judges, further organisers, entries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from vietnamese.text import people_order

from .parts import LineField, OrganiserForm, reason


class AccountForm(OrganiserForm):
    """Somebody with an account, chosen among `people`."""

    account = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Person"),
        empty_label=_("Choose a person"),
        error_messages={
            "required": _("Choose a person."),
            "invalid_choice": _("Choose a person of the list."),
        },
    )

    def __init__(self, people, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = people
        chosen = sorted(people, key=lambda user: people_order(user.display_name))
        self.fields["account"].choices = [("", _("Choose a person")), *[(u.pk, _named(u)) for u in chosen]]
        self.is_empty = not chosen


def _named(user):
    staff = getattr(user, "staff", None)
    return f"{user.display_name} ({staff.staff_code if staff else user.username})"


class ReasonForm(OrganiserForm):
    reason = reason()


class EntryReasonForm(OrganiserForm):
    reason = reason(_("Whoever is in the entry reads it."))


class LateForm(OrganiserForm):
    email = forms.EmailField(
        label=_("E-mail of the leader"),
        help_text=_("The address the person entered with."),
        max_length=254,
        error_messages={"required": _("Type the e-mail of the leader.")},
    )
    reason = reason(_("Why it is taken in after the close. Whoever is in the entry reads it."))


class FindEntryForm(forms.Form):
    mark_optional = False

    q = LineField(
        label=_("Code or title"),
        help_text=_("With or without accents."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
