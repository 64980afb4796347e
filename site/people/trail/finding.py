"""From what the reader typed to events, and from events to the lines of the page."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import pgettext, pgettext_lazy

from trust.audit import objects
from trust.audit.following import step_in_words
from trust.audit.reading import label_of, search
from vietnamese.text import fold

from ..models import User
from .forms import KINDS

MOST_PEOPLE = 20
OUTCOMES = {
    "refused": pgettext_lazy("audit outcome", "Refused"),
    "failed": pgettext_lazy("audit outcome", "Failed"),
}
SOURCES = {
    "command": pgettext_lazy("audit source", "Command on the server"),
    "worker": pgettext_lazy("audit source", "Background worker"),
    "process": pgettext_lazy("audit source", "The portal itself"),
}
FACTS = {
    "count": pgettext_lazy("audit fact", "how many"),
    "keys": pgettext_lazy("audit fact", "numbers in the address"),
    "error": pgettext_lazy("audit fact", "kind of error"),
    "type": pgettext_lazy("audit fact", "type"),
    "field": pgettext_lazy("audit fact", "file"),
    "job": pgettext_lazy("audit fact", "job"),
    "options": pgettext_lazy("audit fact", "options"),
    "code": pgettext_lazy("audit fact", "exit code"),
    "filters": pgettext_lazy("audit fact", "searched by"),
    "before": pgettext_lazy("audit fact", "before"),
    "created": pgettext_lazy("audit fact", "added"),
    "changed": pgettext_lazy("audit fact", "changed"),
    "skipped": pgettext_lazy("audit fact", "left out"),
    "second": pgettext_lazy("audit fact", "second step switched on"),
    "way": pgettext_lazy("audit fact", "signed in by"),
    "why": pgettext_lazy("audit fact", "why"),
    "match": pgettext_lazy("audit fact", "matched by"),
    "role": pgettext_lazy("audit fact", "role"),
}

# Values that are codes of ours, by the fact they stand in.
VALUES = {
    "way": {
        "password": pgettext_lazy("audit fact", "password"),
        "oidc": pgettext_lazy("audit fact", "the city's sign-in"),
    },
    "why": {
        "asleep": pgettext_lazy("audit fact", "the account was not used for long"),
        "closed": pgettext_lazy("audit fact", "the account was closed"),
        "command": pgettext_lazy("audit fact", "ended from the server"),
        "everywhere": pgettext_lazy("audit fact", "signed out everywhere"),
        "everywhere_else": pgettext_lazy("audit fact", "signed out everywhere else"),
        "factor_dropped": pgettext_lazy("audit fact", "the second step was taken off"),
        "idle": pgettext_lazy("audit fact", "unused for too long"),
        "one_elsewhere": pgettext_lazy("audit fact", "signed out in another place"),
        "password_changed": pgettext_lazy("audit fact", "a new password"),
        "password_renewed": pgettext_lazy("audit fact", "a new password by the administrator"),
        "signed_out": pgettext_lazy("audit fact", "signed out"),
        "virus": pgettext_lazy("audit fact", "a virus was found"),
    },
}


@dataclass
class Found:
    """`events`: None where nothing can fit. `people`: more than one fit; the reader picks one."""

    events: object = None
    people: tuple = ()


def found(asked) -> Found:
    """`asked`: the cleaned values of the form."""
    wanted = {
        "since": _midnight(asked.get("tu_ngay")),
        "until": _midnight(asked.get("den_ngay"), after=1),
        "kind": asked.get("loai", ""),
        "action": asked.get("viec", ""),
    }
    if asked.get("nguoi"):
        people = people_called(asked["nguoi"])
        if len(people) > 1:
            return Found(people=tuple(people))
        if people:
            wanted["actor_keys"] = [people[0].pk]
        else:  # perhaps an account that is gone, or one of the server
            wanted["account"] = asked["nguoi"].strip()
    if asked.get("doi_tuong"):
        kind, _colon, key = asked["doi_tuong"].partition(":")
        wanted |= {"target_kind": kind, "target_key": key}
    elif asked.get("ma"):
        targets = objects.find(asked["ma"].strip())
        if not targets:
            return Found()
        wanted |= {"target_kind": targets[0][0], "target_key": targets[0][1]}
    return Found(search(**wanted))


def people_called(text):
    """Accounts with this user name or staff code; else those whose names hold every word."""
    text = text.strip()
    people = User.objects.select_related("staff").order_by("username")
    exact = list(people.filter(Q(username__iexact=text) | Q(staff__staff_code__iexact=text))[:MOST_PEOPLE])
    words = fold(text).split()
    if exact or not words:
        return exact
    named = Q()
    for word in words:
        named &= Q(staff__search_key__contains=word)
    return list(people.filter(named)[:MOST_PEOPLE])


def _midnight(day, after=0):
    return day and timezone.make_aware(datetime.combine(day + timedelta(days=after), time()))


def lines(events):
    """What the page and the file say of each event: two queries, and one for each kind of object."""
    people = User.objects.select_related("staff").in_bulk(
        {event.actor_key for event in events if event.actor_key is not None}
    )
    codes = objects.codes_of({(event.target_kind, event.target_key) for event in events})
    return [_line(event, people.get(event.actor_key), codes) for event in events]


def _line(event, person, codes):
    facts = dict(event.facts)
    step = facts.pop("step", "")
    return {
        "event": event,
        "who": person.display_name if person else "",
        "what": capfirst(str(label_of(event))),
        "step": str(step_in_words(event.action, step)) if step else "",
        "outcome": OUTCOMES.get(event.outcome, ""),
        "source": SOURCES.get(event.source, ""),
        "kind": KINDS.get(event.kind, event.kind),
        "object": capfirst(str(objects.kind_in_words(event.target_kind))) if event.target_kind else "",
        "code": codes.get((event.target_kind, event.target_key), event.target_key),
        "facts": "; ".join(
            f"{FACTS.get(name, name)}: {_plain(name, value)}"
            for name, value in sorted(facts.items())
            if value not in ([], "", None)
        ),
    }


def _plain(name, value):
    if isinstance(value, bool):
        return pgettext("audit fact", "yes") if value else pgettext("audit fact", "no")
    known = VALUES.get(name, {})
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(known.get(each, each) if isinstance(each, str) else each) for each in values)
