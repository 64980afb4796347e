"""Sessions held and not confirmed: their organiser owes it within seven days (training.md §1)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from obligations import ledger
from obligations.ledger import Debt, Owner, capacity, owe_many, person
from obligations.models import Obligation, OwnerKind
from people.roles import Role, holders_of

from ..models import Session, SessionState
from .subjects import CONFIRM_SESSION, TRAINING_OFFICER, of_session

WITHIN = timedelta(days=7)
# A file may bring years of old sessions: the lists show those, nobody is sent a mail for each.
RECENT = timedelta(days=30)


def waiting(now):
    """Sessions that are over and neither confirmed nor cancelled."""
    local = timezone.localtime(now)
    over = Q(held_on__lt=local.date()) | Q(held_on=local.date(), ends_at__lte=local.time())
    return Session.objects.filter(over, state__in=[SessionState.OPEN, SessionState.HELD])


def bring_up_to_date(now):
    """The clock's part: what waits is owed, what was confirmed, cancelled or handed over is not any more."""
    with transaction.atomic():
        rows = list(waiting(now).select_related("organiser"))
        since = timezone.localdate(now) - RECENT
        owe_many([_debt(session) for session in rows if session.held_on >= since], now=now)
        owed = {(of_session(session.code), *_owner(session)) for session in rows}
        for row in list(Obligation.objects.open().filter(kind=CONFIRM_SESSION)):
            if (row.subject, row.owner_kind, row.owner) not in owed:
                ledger.fulfil(CONFIRM_SESSION, row.subject, owner=Owner(row.owner_kind, row.owner), now=now)


def _debt(session):
    return Debt(
        CONFIRM_SESSION,
        of_session(session.code),
        _owner(session),
        session.held_on + WITHIN,
        code=session.code,
        link=session.get_absolute_url(),
    )


def _owner(session):
    """The organiser, while the account is open; otherwise whoever is training officer."""
    if session.organiser and session.organiser.is_active:
        return person(session.organiser)
    return capacity(TRAINING_OFFICER)


def still_owed(obligations, now):
    codes = set(
        waiting(now).filter(code__in=[row.code for row in obligations]).values_list("code", flat=True)
    )
    return [row for row in obligations if row.code in codes]


def who(obligations, now):
    """The organiser; for what nobody organises, the training officers."""
    officers = list(holders_of(Role.TRAINING_OFFICER).values_list("pk", flat=True))
    return {
        row.pk: [int(row.owner)] if row.owner_kind == OwnerKind.PERSON else officers for row in obligations
    }
