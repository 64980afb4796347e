"""The content stamp: changes with everything the public sees, so that kept pages know when they are old.

Whoever shows something on a public page says with `raised_by` which rows change it.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Count, Max
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Page

from .models import ContentStamp

KEPT = timedelta(hours=1)


def raise_stamp(*args, **kwargs):
    """Also a receiver of any signal. Joins the transaction it is called in: rolled back, nothing changed."""
    ContentStamp.objects.create()


def raised_by(*models):
    """Saving or deleting a row of these models raises the stamp; whoever writes in bulk raises it itself."""
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(raise_stamp, sender=model, dispatch_uid=f"stamp-{model._meta.label}")


def page_deleted(sender, instance, **kwargs):
    if isinstance(instance, Page):
        raise_stamp()


def page_made(sender, instance, created=False, **kwargs):
    """One that is live from the beginning, as an alias is: Wagtail sends no `page_published` for it."""
    if created and isinstance(instance, Page) and instance.live:
        raise_stamp()


def current() -> tuple[int, int]:
    """The stamp of now. Not the last key alone: on PostgreSQL a lower key may be committed after a higher."""
    found = ContentStamp.objects.aggregate(last=Max("pk"), count=Count("pk"))
    return found["last"] or 0, found["count"]


def current_in_a_thread():
    """`current` for a thread of its own, which leaves no connection behind."""
    try:
        return current()
    finally:
        connection.close()


def drop_old(now=None):
    """Rows nobody compares with any more; the number stays small and counting them cheap."""
    old = ContentStamp.objects.filter(raised_at__lt=(now or timezone.now()) - KEPT)
    with transaction.atomic():
        dropped, _of_which = old.delete()
        if dropped:
            raise_stamp()  # one gone and a late one come would leave the number as it was
