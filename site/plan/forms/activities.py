"""A session for residents, and a campaign of several."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.models import Unit

from ..groups.residential import residential_groups
from ..models import Campaign, ResidentSession, SessionKind, Topic
from .base import EntryForm, last_day
from .fields import CountField, check_until, day, hour, spoken


def _groups():
    return forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Residential groups reached"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class _OfGroups(EntryForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [unit.pk for unit in self.instance.groups.all()] if self.instance.pk else []
        left_out = self.rights.gone.difference(chosen)
        self.fields["groups"].queryset = residential_groups().exclude(pk__in=left_out)
        self.initial.setdefault("groups", chosen)
        if not self.fields["groups"].queryset.exists():
            del self.fields["groups"]


class CampaignForm(_OfGroups):
    title = TextAnswer(
        label=gettext_lazy("Name of the campaign"),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Type the name of the campaign.")},
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"), choices=spoken(Topic.choices), widget=forms.RadioSelect
    )
    start_on = day(pgettext_lazy("book", "From"))
    last_day = last_day()
    groups = _groups()
    text = TextAnswer(label=gettext_lazy("What it is about"), max_length=3000, rows=4)

    class Meta:
        model = Campaign
        fields = ["unit", "title", "topic", "start_on", "groups", "text"]

    field_order = ["unit", "title", "topic", "start_on", "last_day", "groups", "text", "files"]

    def check(self):
        check_until(self)


class SessionForm(_OfGroups):
    taken_from_link = ("campaign",)
    later = ("people", "files", "is_public", "is_cancelled")
    template_name = "plan/books/_fields.html"
    title = TextAnswer(
        label=gettext_lazy("Name of the session"),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Type the name of the session.")},
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=pgettext_lazy("of residents", "Campaign"),
        empty_label=gettext_lazy("No campaign"),
        required=False,
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("session", "Kind"), choices=spoken(SessionKind.choices), widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"), choices=spoken(Topic.choices), widget=forms.RadioSelect
    )
    held_on = day(gettext_lazy("Day"))
    starts_at = hour(gettext_lazy("Begins"))
    ends_at = hour(gettext_lazy("Ends"))
    place = TextAnswer(
        label=pgettext_lazy("of residents", "Place"),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Type the place.")},
    )
    groups = _groups()
    people = CountField(
        label=gettext_lazy("People who came"),
        help_text=gettext_lazy("Empty while it is planned. A session counts once this is filled in."),
        required=False,
    )
    text = TextAnswer(label=pgettext_lazy("book", "Content"), max_length=3000, rows=4)
    is_public = forms.BooleanField(
        label=gettext_lazy("Show it in the public calendar of the portal"),
        help_text=gettext_lazy("Everybody reads its name, time, place and content."),
        required=False,
    )
    is_cancelled = forms.BooleanField(label=gettext_lazy("It does not take place"), required=False)

    class Meta:
        model = ResidentSession
        fields = [
            *("unit", "title", "campaign", "kind", "topic", "held_on", "starts_at", "ends_at", "place"),
            *("groups", "people", "text", "is_public", "is_cancelled"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        campaigns = Campaign.objects.filter(struck_at__isnull=True)
        if not self.rights.coordinates:
            campaigns = campaigns.filter(unit__in=self.rights.own)
        self.fields["campaign"].queryset = campaigns.order_by("-start_on", "pk")
        if not self.instance.pk:
            del self.fields["is_cancelled"]

    def check(self):
        cleaned = self.cleaned_data
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It ends before it begins. Check both hours."))
        held_on, people = cleaned.get("held_on"), cleaned.get("people")
        if held_on and held_on > self.today and people is not None:
            self.add_error("people", _("It is still to come: fill this in once it has taken place."))
        if cleaned.get("is_cancelled") and people:
            self.add_error("is_cancelled", _("People came: a session that took place is not cancelled."))
        campaign = cleaned.get("campaign")
        if campaign and held_on and not campaign.contains(held_on):
            words = _("“%(campaign)s” does not run on that day. Check the day, or the days of the campaign.")
            self.add_error("held_on", words % {"campaign": campaign.title})
