"""What organisers, checkers and publishers type about results."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from competitions.models import Signer
from competitions.results.drafting import Choice
from config.forms import DayField
from scoring.forms import CommentField
from vietnamese.text import nfc

DAY = "%d/%m/%Y"


class DraftForm(forms.Form):
    """Two fields a prize: the entry it goes to (or nobody), and why, where the ranking does not say it."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    note = CommentField(
        label=_("Remarks for the public"),
        help_text=_("Shown beside the prizes, for example why a prize is not awarded."),
    )

    def __init__(self, offers, data=None, *, kept=None, seen="", note="", **kwargs):
        super().__init__(data, initial={"seen": seen, "note": note}, **kwargs)
        self.offers = offers
        for offer in offers:
            choice = (kept or {}).get(offer.slot.name, Choice(offer.proposed))
            self.fields[offer.slot.name] = forms.ChoiceField(
                label=_label(offer),
                required=False,
                choices=[("", _("not awarded")), *((code, code) for code in offer.entries)],
                initial=choice.entry,
            )
            self.fields[f"why-{offer.slot.name}"] = CommentField(
                label=_("Why, for %(prize)s") % {"prize": _label(offer)},
                max_length=500,
                initial=choice.reason,
                widget=forms.TextInput(),
            )
        self.order_fields([n for n in self.fields if n not in ("note", "seen")])

    @property
    def choices(self):
        """{slot name: Choice} of what was typed."""
        return {
            offer.slot.name: Choice(
                self.cleaned_data.get(offer.slot.name, ""),
                self.cleaned_data.get(f"why-{offer.slot.name}", ""),
            )
            for offer in self.offers
        }

    def rows(self):
        """[(Offer, field of the entry, field of the reason)] for templates."""
        return [(o, self[o.slot.name], self[f"why-{o.slot.name}"]) for o in self.offers]

    def add_fault(self, fault, words):
        reason = fault.code == "tie_without_reason"
        self.add_error(f"why-{fault.slot}" if reason else fault.slot, words)


def _label(offer):
    if offer.prize.count == 1:
        return offer.prize.name
    return f"{offer.prize.name} {offer.number}/{offer.prize.count}"


class DecisionForm(forms.Form):
    """Number, date and signature of the decision the results are published with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    number = CommentField(
        label=_("Decision number"),
        max_length=60,
        required=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the number of the signed decision.")},
    )
    on = DayField(
        label=_("Decision date"),
        input_formats=[DAY, "%Y-%m-%d"],
        widget=forms.DateInput(format=DAY, attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"}),
        error_messages={"required": _("Enter the date of the signed decision.")},
    )
    signed_as = forms.ChoiceField(
        label=pgettext_lazy("decision", "Signed by"), choices=Signer.choices, widget=forms.RadioSelect
    )
    signer_name = CommentField(
        label=_("Name of who signed"),
        max_length=120,
        required=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the name of who signed.")},
    )

    use_required_attribute = False

    def clean_number(self):
        return nfc(self.cleaned_data["number"]).strip()

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future. Enter today or an earlier day."))
        return day
