"""Telling the reporters of the units that lead a target."""

from django.urls import reverse

from notifications.events import Announcement, announce, announce_many

from ..access import reporters_of


def address_of(target):
    return reverse("plan:target", args=[target.code])


def tell_reporters(event, target, units, *, but=None, **params):
    """`units` (or their keys) are those told of; inside the transaction of the cause, last."""
    found = reporters_of(units)
    people = {person.pk for several in found.values() for person in several}
    people.discard(getattr(but, "pk", None))
    return announce(
        event,
        people,
        subject=target.code,
        link=address_of(target),
        refresh=(f"target:{target.pk}",),
        **params,
    )


def tell_reporters_of_many(event, of_several, units, *, but=None):
    """The same for several targets at once: `units` is {target: its units told of}. Each person hears one
    sentence, `of_several` with the codes where there are more than one; a constant number of queries."""
    found = reporters_of({unit.pk for several in units.values() for unit in several}) if units else {}
    of_person = {}
    for target, several in units.items():
        for person in {person.pk for unit in several for person in found[unit.pk]}:
            of_person.setdefault(person, []).append(target)
    of_person.pop(getattr(but, "pk", None), None)
    audiences = {}
    for person, targets in of_person.items():
        audiences.setdefault(tuple(targets), []).append(person)
    announcements = []
    for targets, people in audiences.items():
        refresh = [f"target:{target.pk}" for target in targets]
        if len(targets) == 1:
            one = Announcement(event, people, address_of(targets[0]), targets[0].code, refresh)
        else:
            params = {"codes": ", ".join(target.code for target in targets)}
            one = Announcement(of_several, people, reverse("plan:targets"), "", refresh, params)
        announcements.append(one)
    return announce_many(announcements)
