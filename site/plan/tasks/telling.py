"""Notices about a task, collected first and announced together: recipients are locked once, in key order."""

from django.utils import timezone

from notifications.events import Announcement
from people.units import UnitTree
from plan.access import reporters_of

from .access import doers, is_of_the_front, officers_of
from .owing import address_of


def notice(event, people, task, but=None, link="", **params) -> list[Announcement]:
    """None where nobody but `but`, who did it, would be told. `link` where they cannot open the task."""
    people = [person for person in people if person and (but is None or person.pk != but.pk)]
    if not people:
        return []
    return [
        Announcement(
            event,
            people,
            link=link or address_of(task),
            subject=task.code,
            refresh=(f"task:{task.pk}",),
            params=params,
        )
    ]


def to_doers(task, now, event, invited_event, but=None, **params) -> list[Announcement]:
    """To whoever reports for the units that carry it out and the officials in charge; to the organisations
    in their own words. Whoever is several of these hears it once."""
    units = [part.unit for part in doers(list(task.parts.select_related("unit")))]
    tree = UnitTree.load()
    told = reporters_of(units, timezone.localdate(now)) if units else {}
    ordered = [p for unit in units if not is_of_the_front(unit, tree) for p in told[unit.pk]]
    asked = [p for unit in units if is_of_the_front(unit, tree) for p in told[unit.pk]]
    officers = officers_of([task], timezone.localdate(now))[task.pk]
    ordered, asked = in_their_words(ordered, asked, officers)
    return [
        *notice(event, ordered, task, but, **params),
        *notice(invited_event, asked, task, but, **params),
    ]


def in_their_words(ordered, asked, officers):
    """(who is told, who is asked), nobody twice: an official in charge hears it as the units do, asked where
    organisations alone carry it out."""
    if asked and not ordered:
        asked = [*asked, *officers]
    else:
        ordered = [*ordered, *officers]
    told = {person.pk for person in ordered}
    return ordered, [person for person in asked if person.pk not in told]
