"""The publicity log: what went out, by which channel. The portal's own news counts itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .books import BookEntry


class Channel(models.TextChoices):
    """No channel for this portal: its news is counted where it stands (`publicity.counting`)."""

    RADIO = "radio", _("ward radio")
    WEBSITE = "website", _("another public website")
    FANPAGE = "fanpage", _("fanpage")
    ZALO = "zalo", "Zalo"
    OTHER = "other", pgettext_lazy("channel", "another channel")


class Publicity(BookEntry):
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    at = models.DateTimeField(_("when"), db_index=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    minutes = models.PositiveIntegerField(_("length in minutes"), null=True, blank=True)
    reached = models.PositiveIntegerField(_("people reached"), null=True, blank=True)

    class Meta:
        verbose_name = _("publicity item")
