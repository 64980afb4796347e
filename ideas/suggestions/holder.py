"""Consents of residents who sent an idea, for the page where everything agreed to stands together."""

from django.utils.translation import gettext_lazy as _

from ideas.models import Idea
from trust.consents import Held, Holder, register_holder

from . import codes, following


def _of_person(person):
    rows = Idea.objects.filter(pk__in=person.of("idea")).select_related("contact").order_by("-pk")
    return [
        Held(row.subject, _("Idea %(number)s") % {"number": row.number}, tuple(following.askable(row)))
        for row in rows
    ]


def _by_code(text):
    found = following.by_code(codes.typed(text))
    return {"idea": frozenset({found.pk})} if found else None


def _change(held, wanted, now):
    idea = Idea.objects.get(pk=held.subject.partition(":")[2])
    return following.change_consents(idea, wanted, now=now)


def register():
    register_holder(Holder("ideas", _of_person, _change, by_code=_by_code))
