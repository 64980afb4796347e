"""The training of the people described one by one: the years before, then these days through the doors."""

from django.db.models import Max

from notifications.models import Notification, OutboxMail

from . import claimed, frozen, past, present, skills
from .desk import Desk


def tell(now, courses):
    desk = Desk(now, courses)
    past.make_policies(desk)
    past.hold_sessions(desk)
    skills.set_up(desk)
    steps = [*claimed.steps(desk), *frozen.steps(desk), *present.steps(desk)]
    for step in sorted(steps, key=lambda step: step.moment):
        if step.moment < now:
            before = _last()
            step.take(step.moment)
            _date(before, step.moment)


def _last():
    return {
        model: model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in (Notification, OutboxMail)
    }


def _date(before, moment):
    """Notices written meanwhile are of that moment."""
    for model, last in before.items():
        model.objects.filter(pk__gt=last).update(created_at=moment)
