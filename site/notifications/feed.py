"""What a page is told: a person's rows after the last one it has, and how many are unread.

The socket and the polling address answer from here, so that both say the same.
"""

from django.db.models import Count
from django.urls import reverse

from .models import Notification

PAGE = 100  # rows in one answer; whoever got a full page asks again
NEWEST_ID = 2**63 - 1


def position(value):
    """The id a browser says it has seen last; ValueError for anything that is not one."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(value)
    number = int(value)
    if not 0 <= number <= NEWEST_ID:
        raise ValueError(value)
    return number


def rows_after(user_id, last, limit=PAGE):
    """The person's rows after `last` in the order they were committed; quiet ones included."""
    return list(Notification.objects.filter(recipient_id=user_id, id__gt=last).order_by("id")[:limit])


def unread_of(user_ids):
    """{user id: unread rows}, one query; who has none is missing."""
    counted = Notification.objects.unread().filter(recipient_id__in=user_ids).order_by()
    return dict(counted.values_list("recipient_id").annotate(unread=Count("id")))


def as_message(row):
    """A row for the browser, in the language active now: the code and what to do, nothing personal."""
    return {
        "id": row.id,
        "text": "" if row.quiet else row.text,
        "code": row.subject,
        "icon": row.icon,
        "link": reverse("notifications:open", args=[row.id]),
        "refresh": row.refresh,
        "quiet": row.quiet,
    }
