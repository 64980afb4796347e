"""How obligations are told: the teller of a kind, made of two events and a function that names the people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.contrib.auth import get_user_model

from obligations.kinds import Tell
from obligations.models import Obligation, OwnerKind, Skipped
from obligations.stages import Stage
from vietnamese.dates import short_date

from .events import Announcement, Event, announce_many

# {obligation pk: accounts or their keys} in a constant number of queries.
People = Callable[[Sequence[Obligation], datetime], Mapping[int, Iterable]]


def owning_accounts(obligations, now):
    """The people who owe it themselves; what a unit or a capacity owes has nobody here."""
    return {
        obligation.pk: [int(obligation.owner)]
        for obligation in obligations
        if obligation.owner_kind == OwnerKind.PERSON
    }


def reminding(soon: Event, overdue: Event, people: People = owning_accounts) -> Tell:
    """A kind's `tell`: `soon` before the day, `overdue` after it, to `people`, in one announcement.

    The events' texts take %(code)s, %(due)s (the last day to act) and the obligation's `data`.
    """
    return _telling(lambda due: overdue if due.stage == Stage.OVERDUE else soon, people)


def telling(event: Event, people: People = owning_accounts) -> Tell:
    """A teller of one event, whatever the stage: for a moved day (`Kind.tell_moved`) and for superiors."""
    return _telling(lambda due: event, people)


def _telling(event_of, people: People) -> Tell:
    def tell(dues, now):
        audiences = _open_accounts(people([due.obligation for due in dues], now))
        announcements, nobody = [], {}
        for due in dues:
            obligation = due.obligation
            audience = audiences.get(obligation.pk)
            if not audience:
                nobody[obligation.pk] = Skipped.NOBODY
                continue
            params = {**obligation.data, "due": short_date(due.last_day)}
            announcements.append(
                Announcement(
                    event_of(due), audience, link=obligation.link, subject=obligation.code, params=params
                )
            )
        announce_many(announcements)
        return nobody

    return tell


def _open_accounts(audiences):
    """The same, as keys of accounts that are open: a closed one hears nothing, so nothing counts as sent."""
    keys = {
        pk: {getattr(person, "pk", person) for person in people} - {None} for pk, people in audiences.items()
    }
    accounts = get_user_model()._default_manager.filter(pk__in=set().union(*keys.values()), is_active=True)
    active = set(accounts.values_list("pk", flat=True))
    return {pk: wanted & active for pk, wanted in keys.items()}
