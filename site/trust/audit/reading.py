"""Finding events. The filters of the page, the export and the command are the same."""

from itertools import islice

from django.db.models import Q

from .actions import action_of
from .models import AuditEvent, AuditSeal

CHUNK = 2000


def search(
    *,
    since=None,
    until=None,
    kind="",
    action="",
    account="",
    actor_keys=(),
    target_kind="",
    target_key="",
    outcome="",
):
    """Events within [since, until) that fit, newest first. `actor_keys`: of these people; `account`: under
    this user name, letter for letter (the one filter besides the outcome without an index)."""
    events = AuditEvent.objects.all()
    if since:
        events = events.filter(at__gte=since)
    if until:
        events = events.filter(at__lt=until)
    given = {
        "kind": kind,
        "action": action,
        "account": account,
        "outcome": outcome,
        "target_kind": target_kind,
        "target_key": target_key,
    }
    events = events.filter(**{name: value for name, value in given.items() if value})
    if actor_keys:
        events = events.filter(actor_key__in=actor_keys)
    return events.order_by("-at", "-pk")


def page_before(events, at, pk, size):
    """The `size` events before the one named by time and key (None: the newest), and whether more follow.
    A page deep in the trail costs what the first one does."""
    if at is not None:
        events = events.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)
    rows = list(events[: size + 1])
    return rows[:size], len(rows) > size


def as_plain(events):
    """Each event as plain values, with the number and hash of its seal; read in pieces."""
    rows = events.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        seals = {
            event_id: (number, digest)
            for event_id, number, digest in AuditSeal.objects.filter(
                event_id__in=[event.pk for event in chunk]
            ).values_list("event_id", "number", "hash")
        }
        for event in chunk:
            number, digest = seals.get(event.pk, (None, None))
            yield {
                "id": event.pk,
                "at": event.at.isoformat(),
                "action": event.action,
                "kind": event.kind,
                "outcome": event.outcome,
                "actor_key": event.actor_key,
                "account": event.account,
                "target_kind": event.target_kind,
                "target_key": event.target_key,
                "source": event.source,
                "address": event.address,
                "place": event.place,
                "request_id": event.request_id,
                "facts": event.facts,
                "seal": number,
                "hash": digest,
            }


def label_of(event):
    """The action in words; its code where the app that registered it is gone."""
    try:
        return action_of(event.action).label
    except KeyError:
        return event.action
