"""Telling the reporters of the units that lead a target."""

from django.urls import reverse

from notifications.events import announce

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
