"""What the header needs on every page of a signed-in person: one query, and only if a template asks.

How much waits for them is read along with the bell; `obligations.figures` counts it.
"""

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from obligations.figures import Figure
from obligations.models import DutyFigure

from .models import Notification

_NOTHING = (0, 0, None, None, None)


class Bell:
    def __init__(self, user):
        self.user = user

    @cached_property
    def _figures(self):
        """(unread, last id, waiting, overdue, next due), each read from its own index."""
        if self.user is None or not self.user.is_authenticated:
            return _NOTHING
        own = Notification.objects.filter(recipient=OuterRef("pk"))
        unread = own.unread().order_by().values("recipient").annotate(n=Count("id")).values("n")
        last = own.order_by("-id").values("id")[:1]
        people = get_user_model().objects.filter(pk=self.user.pk)
        duties = DutyFigure.objects.filter(account=OuterRef("pk"))
        kept = [Subquery(duties.values(name)) for name in ("waiting", "overdue", "next_due")]
        figures = people.values_list(Coalesce(Subquery(unread), 0), Coalesce(Subquery(last), 0), *kept)
        return figures.first() or _NOTHING

    def unread(self):
        return self._figures[0]

    def last(self):
        return self._figures[1]

    def duties(self):
        """What waits, as last counted; None where it was not counted yet."""
        waiting, overdue, next_due = self._figures[2:]
        return None if waiting is None else Figure(waiting, overdue, next_due)


def bell(request):
    """`unread_notifications`, `last_notification`, `my_duties` as functions: not asked, they cost nothing."""
    own = Bell(getattr(request, "user", None))
    return {"unread_notifications": own.unread, "last_notification": own.last, "my_duties": own.duties}
