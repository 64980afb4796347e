"""Forms of links between initiatives: stating one, taking it back."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer

from ..models import LinkKind
from ..refusing import SENTENCES

_KINDS = [
    (LinkKind.SIMILAR, gettext_lazy("They are similar")),
    (LinkKind.CONTINUES, gettext_lazy("This one continues the other")),
    (LinkKind.PART_OF, gettext_lazy("This one is part of the other")),
]


class _LinkForm(forms.Form):
    def refuse(self, refused):
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class MakeLinkForm(_LinkForm):
    code = forms.CharField(
        label=gettext_lazy("Code of the other initiative"),
        help_text=gettext_lazy("For example SK-2026-HD15."),
        max_length=20,
        error_messages={"required": SENTENCES["link_unknown_code"]},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How they hang together"),
        choices=_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how they hang together.")},
    )
    note = TextAnswer(
        label=pgettext_lazy("link of initiatives", "Note"),
        help_text=gettext_lazy("What they have in common. Whoever may read both dossiers reads it."),
        max_length=2000,
        rows=3,
        required=True,
        error_messages={"required": SENTENCES["link_note_missing"]},
    )

    @property
    def typed_code(self):
        return self.cleaned_data["code"].strip().upper()


class TakeBackForm(_LinkForm):
    reason = TextAnswer(
        label=gettext_lazy("Reason"),
        max_length=2000,
        rows=3,
        required=True,
        error_messages={"required": SENTENCES["link_reason_missing"]},
    )
