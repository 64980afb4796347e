"""A step asked for by a page: taken once, whoever clicks twice or comes second from another browser."""

from django.db import transaction

from . import workflow
from .models import Initiative


class AlreadyTaken(Exception):
    """The same step was taken since the page was drawn; `entry` is its line of history."""

    def __init__(self, entry):
        self.entry = entry
        super().__init__(entry.transition)


def last_seen(initiative):
    """What a page remembers of the history it was drawn from."""
    return initiative.history.order_by("-pk").values_list("pk", flat=True).first() or 0


def move_once(initiative, transition, user, seen, *, now=None, **data):
    """`workflow.move`, unless the same step was taken after history line `seen`.

    Raises `AlreadyTaken`, `Refused`.

    Steps that keep the state, such as a correction, would otherwise be taken twice by a double click.
    """
    with transaction.atomic():
        Initiative.objects.select_for_update().only("pk").get(pk=initiative.pk)
        entry = taken_since(initiative, transition, seen)
        if entry is not None:
            raise AlreadyTaken(entry)
        return workflow.move(initiative, transition, user, now=now, **data)


def taken_since(initiative, step, seen):
    """The line of the first such step after `seen`, or None."""
    return initiative.history.filter(transition=step, pk__gt=seen).order_by("pk").first()
