"""Notices about a task, collected first and announced together: recipients are locked once, in key order."""

from django.utils import timezone

from notifications.events import Announcement
from people.units import UnitTree
from plan.access import reporters_of

from .access import doers, is_of_the_front
from .owing import address_of


def notice(event, people, task, but=None, **params) -> list[Announcement]:
    """None where nobody but `but`, who did it, would be told."""
    people = [person for person in people if person and (but is None or person.pk != but.pk)]
    if not people:
        return []
    return [
        Announcement(
            event,
            people,
            link=address_of(task),
            subject=task.code,
            refresh=(f"task:{task.pk}",),
            params=params,
        )
    ]


def to_doers(task, now, event, invited_event, but=None, **params) -> list[Announcement]:
    """To whoever reports for the units that carry it out; to the organisations in their own words."""
    units = [part.unit for part in doers(list(task.parts.select_related("unit")))]
    tree = UnitTree.load()
    told = reporters_of(units, timezone.localdate(now)) if units else {}
    ordered = [p for unit in units if not is_of_the_front(unit, tree) for p in told[unit.pk]]
    asked = [p for unit in units if is_of_the_front(unit, tree) for p in told[unit.pk]]
    return [
        *notice(event, ordered, task, but, **params),
        *notice(invited_event, asked, task, but, **params),
    ]
