"""The secret address a person's calendar programs read, and what they were last told there."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

TOKEN_BYTES = 16  # 128 bits: nobody guesses it, and it opens one person's calendars alone


def new_token():
    return secrets.token_urlsafe(TOKEN_BYTES)


class CalendarAddress(models.Model):
    """One a person; gone when they take it back, another token when they renew it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar address")

    def __str__(self):
        return f"calendar address of {self.user_id}"


class CalendarEntry(models.Model):
    """A duty as a calendar was last told of it. RFC 5545 wants a number that grows when a day moves, and most
    duties keep no count of their own. It outlives the duty: one that comes back goes on counting."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uid = models.CharField(max_length=64)
    due_on = models.DateField()
    sequence = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar entry")
        constraints = [models.UniqueConstraint(fields=["user", "uid"], name="portal_calendar_entry_once")]

    def __str__(self):
        return f"{self.uid}, {self.due_on:%d/%m/%Y}"
