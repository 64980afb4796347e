"""Taking a difficulty into the register: number, log, what is owed, who is told; one transaction."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce

from ..access import reported_units
from ..models import Difficulty, DifficultyNumber, Origin
from . import events, log, owing
from .access import handlers
from .refusing import Refused


def raise_by_unit(user, unit, *, text, form_key=None, now=None, **about):
    """(difficulty, whether it is new): what a reporter or head raises for a unit of theirs; `about` are
    proposal, target, task. The same page sent twice raises one. Raises Refused."""
    now = now or timezone.now()
    units = reported_units(user)
    if not units:
        raise Refused("only_units_raise")
    if unit.pk not in units:
        raise Refused("not_your_unit", "unit")
    with transaction.atomic():
        number = DifficultyNumber.take(timezone.localdate(now).year)  # holds the lock of the year
        earlier = Difficulty.objects.filter(form_key=form_key).first() if form_key else None
        if earlier is None:
            return _take_in_of_unit(
                now, user, unit, number=number, text=text, form_key=form_key, **about
            ), True
        transaction.set_rollback(True)  # the number stays free
    return earlier, False


def _take_in_of_unit(now, user, unit, **values):
    return take_in(
        now,
        user=user,
        origin=Origin.UNIT,
        from_unit=unit,
        from_unit_name=unit.name,
        raised_by=user,
        raised_by_name=user.display_name,
        **values,
    )


def take_in(now, *, user=None, change="received", note="", **values):
    """A new row of the register, inside the caller's transaction."""
    today = timezone.localdate(now)
    difficulty = Difficulty.objects.create(
        number=values.pop("number", None) or DifficultyNumber.take(today.year),
        received_at=now,
        state_since=now,
        answer_due_on=owing.answer_due(today),
        **values,
    )
    log.write(difficulty, change, now, user=user, note=note)
    owing.follow(difficulty, now)
    told = [who for who in handlers() if user is None or who.pk != user.pk]
    announce(events.RAISED, told, subject=difficulty.number, link=difficulty.get_absolute_url())
    return difficulty
