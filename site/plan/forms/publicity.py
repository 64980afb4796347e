"""What went out by a channel."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer

from ..models import Channel, Publicity
from .base import EntryForm
from .fields import CountField, day, hour, spoken


class PublicityForm(EntryForm):
    title = TextAnswer(
        label=gettext_lazy("What went out"),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Type what went out.")},
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"),
        help_text=gettext_lazy("News of this portal counts by itself: do not enter it here."),
        choices=spoken(Channel.choices),
        widget=forms.RadioSelect,
    )
    on = day(gettext_lazy("Day"))
    time = hour(gettext_lazy("Hour"))
    link = forms.URLField(
        label=pgettext_lazy("book", "Link"),
        help_text=gettext_lazy("The address of the item, where it has one. It begins with https://."),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy("This is no address. Copy it from the browser, with https://.")
        },
    )
    minutes = CountField(label=gettext_lazy("Length in minutes"), required=False)
    reached = CountField(
        label=gettext_lazy("People reached"),
        help_text=gettext_lazy("As the channel shows it; empty where it is not known."),
        required=False,
    )

    class Meta:
        model = Publicity
        fields = ["unit", "title", "channel", "link", "minutes", "reached"]

    field_order = ["unit", "channel", "title", "on", "time", "link", "minutes", "reached", "files"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            at = timezone.localtime(self.instance.at)
            self.initial |= {"on": at.date(), "time": at.time()}

    def check(self):
        on, time = self.cleaned_data.get("on"), self.cleaned_data.get("time")
        if not on or not time:
            return
        self.instance.at = timezone.make_aware(datetime.combine(on, time))
        if self.instance.at > timezone.now():
            self.add_error("on", _("This is still to come. Enter it once it has gone out."))
