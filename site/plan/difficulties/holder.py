"""Consents of residents who raised a difficulty, for the page where everything agreed to stands together."""

from django.utils.translation import gettext_lazy as _

from trust.consents import Held, Holder, register_holder

from ..models import Difficulty, Origin
from . import codes, following


def _of_person(person):
    rows = Difficulty.objects.filter(pk__in=person.of("difficulty"), origin=Origin.RESIDENT)
    return [
        Held(row.subject, _("Difficulty %(number)s") % {"number": row.number}, tuple(following.askable(row)))
        for row in rows.select_related("contact").order_by("-pk")
    ]


def _by_code(text):
    found = following.by_code(codes.typed(text))
    return {"difficulty": frozenset({found.pk})} if found else None


def _change(held, wanted, now):
    difficulty = Difficulty.objects.get(pk=held.subject.partition(":")[2])
    return following.change_consents(difficulty, wanted, now=now)


def register():
    register_holder(Holder("plan.difficulties", _of_person, _change, by_code=_by_code))
