"""What the header needs on every page of a signed-in person: one query, and only if a template asks."""

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from .models import Notification


class Bell:
    def __init__(self, user):
        self.user = user

    @cached_property
    def _figures(self):
        """(unread, last id), each read from its own index."""
        if self.user is None or not self.user.is_authenticated:
            return 0, 0
        own = Notification.objects.filter(recipient=OuterRef("pk"))
        unread = own.unread().order_by().values("recipient").annotate(n=Count("id")).values("n")
        last = own.order_by("-id").values("id")[:1]
        people = get_user_model().objects.filter(pk=self.user.pk)
        figures = people.values_list(Coalesce(Subquery(unread), 0), Coalesce(Subquery(last), 0))
        return figures.first() or (0, 0)

    def unread(self):
        return self._figures[0]

    def last(self):
        return self._figures[1]


def bell(request):
    """`unread_notifications` and `last_notification`, as functions: not asked, they cost nothing."""
    own = Bell(getattr(request, "user", None))
    return {"unread_notifications": own.unread, "last_notification": own.last}
