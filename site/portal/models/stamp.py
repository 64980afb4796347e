"""When anything the public sees changed."""

from django.db import models
from django.utils import timezone


class ContentStamp(models.Model):
    """One row per change, written in its transaction. Rows are only added: two publishers never wait for
    each other."""

    raised_at = models.DateTimeField(default=timezone.now, db_index=True)
