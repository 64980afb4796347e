"""The address under which somebody's calendar program reads their sessions."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

TOKEN_BYTES = 16  # 128 bits: nobody guesses it, and it opens one person's sessions alone


def new_token():
    return secrets.token_urlsafe(TOKEN_BYTES)


class CalendarFeed(models.Model):
    """One a person; gone when they take it back, another token when they renew it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar address")
