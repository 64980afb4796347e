"""The obligations table: what begins to be owed, moves, is done or falls away.

Every function works inside the caller's transaction, so that an obligation stands or falls with its cause,
and asks as many queries for fifty as for one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .kinds import kind_of
from .models import Obligation, ObligationState, OwnerKind

_DRAWN = ("due_on", "fixed", "code", "link", "data")
_AT_ONCE = 500  # debts of one query: databases bound the values they take


class Owner(NamedTuple):
    """Who owes: a kind and its key as text."""

    kind: str
    key: str


def person(account) -> Owner:
    """An account, or its primary key."""
    return Owner(OwnerKind.PERSON, str(getattr(account, "pk", account)))


def unit(code) -> Owner:
    """A unit, or its code."""
    return Owner(OwnerKind.UNIT, str(getattr(code, "code", code)))


def capacity(code) -> Owner:
    """Whoever acts in a capacity that day (secretary, head), by a stable code of the app's own."""
    return Owner(OwnerKind.CAPACITY, str(code))


@dataclass(frozen=True)
class Debt:
    """What is to be owed. `fixed`: a date; False: the end of a term, which days off move later."""

    kind: str
    subject: str
    owner: Owner
    due_on: date
    fixed: bool = True
    code: str = ""
    link: str = ""
    data: dict = field(default_factory=dict)

    def __post_init__(self):
        if kind_of(self.kind) is None:
            raise ValueError(f"obligations of kind {self.kind!r} are not registered: nobody would be told")
        if isinstance(self.due_on, datetime) or not isinstance(self.due_on, date):
            raise TypeError(f"a local date is needed, not {type(self.due_on).__name__}")

    @property
    def key(self):
        return (self.kind, self.subject, self.owner.kind, self.owner.key)


def owe(kind, subject, owner, due_on, *, reopen=True, now=None, **drawn) -> Obligation:
    """One obligation begun or brought up to date; see `owe_many`. `drawn`: fixed, code, link, data."""
    return owe_many([Debt(kind, subject, owner, due_on, **drawn)], reopen=reopen, now=now)[0]


def owe_many(debts: Iterable[Debt], *, reopen=True, now=None) -> list[Obligation]:
    """The obligations of `debts`, in their order, each once (what was said last counts): made or updated.

    Saying the same again changes nothing. A moved date raises the version, so it is recalled afresh. A closed
    one begins anew, as a new version; with `reopen=False` it stays closed (for makers that run repeatedly).
    """
    wanted = {debt.key: debt for debt in debts}
    if not wanted:
        return []
    now = now or timezone.now()
    rows = {}
    with transaction.atomic(savepoint=False):
        in_key_order = [wanted[key] for key in sorted(wanted)]
        for start in range(0, len(in_key_order), _AT_ONCE):
            rows |= _owe_some(in_key_order[start : start + _AT_ONCE], reopen, now)
    return [rows[key] for key in wanted]


def _owe_some(debts, reopen, now):
    """{key: row} of debts that name each key once."""
    rows = _locked(debts)
    new = [debt for debt in debts if debt.key not in rows]
    if new:
        # Somebody else may have made one meanwhile: then theirs is read and brought up to date.
        Obligation.objects.bulk_create([_new(debt, now) for debt in new], ignore_conflicts=True)
        rows |= _locked(new)
    changed = [rows[debt.key] for debt in debts if _bring_up_to_date(rows[debt.key], debt, reopen, now)]
    if changed:
        fields = (*_DRAWN, "state", "closed_at", "version", "version_on", "look_at")
        Obligation.objects.bulk_update(changed, fields)
    return rows


def fulfil(kind, subjects, *, owner=None, now=None) -> int:
    """Done. Kind, subjects, owner: one or several; no owner means all. Returns how many were open."""
    return _close(ObligationState.DONE, kind, subjects, owner, now)


def cancel(kind, subjects, *, owner=None, now=None) -> int:
    """Falls away without having been done; as `fulfil`."""
    return _close(ObligationState.CANCELLED, kind, subjects, owner, now)


def owed_by(*owners):
    """The open obligations of these owners, what is due first on top; a queryset."""
    return Obligation.objects.open().owed_by(*owners).order_by("due_on", "pk")


def _locked(debts):
    """{key: row}, locked in key order."""
    wanted = {debt.key for debt in debts}
    by_kind = {}
    for kind, subject, _owner_kind, owner in wanted:
        subjects, owners = by_kind.setdefault(kind, (set(), set()))
        subjects.add(subject)
        owners.add(owner)
    matching = Q()
    for kind, (subjects, owners) in by_kind.items():
        matching |= Q(kind=kind, subject__in=subjects, owner__in=owners)
    rows = Obligation.objects.filter(matching).order_by("pk").select_for_update(no_key=True)
    found = {(row.kind, row.subject, row.owner_kind, row.owner): row for row in rows}
    return {key: row for key, row in found.items() if key in wanted}


def _new(debt, now):
    return Obligation(
        kind=debt.kind,
        subject=debt.subject,
        owner_kind=debt.owner.kind,
        owner=debt.owner.key,
        version_on=timezone.localdate(now),
        created_at=now,
        look_at=now,
        **{name: getattr(debt, name) for name in _DRAWN},
    )


def _bring_up_to_date(row, debt, reopen, now):
    """Whether anything changed on the row."""
    closed = row.state != ObligationState.OPEN
    if closed and not reopen:
        return False
    moved = row.due_on != debt.due_on
    if not closed and all(getattr(row, name) == getattr(debt, name) for name in _DRAWN):
        return False
    if moved or closed:
        row.version += 1
        row.version_on = timezone.localdate(now)
    for name in _DRAWN:
        setattr(row, name, getattr(debt, name))
    row.state, row.closed_at, row.look_at = ObligationState.OPEN, None, now
    return True


def _close(state, kind, subjects, owner, now):
    matching = Obligation.objects.open().filter(kind__in=_several(kind), subject__in=_several(subjects))
    if owner is not None:
        matching = matching.owed_by(*([owner] if isinstance(owner, Owner) else owner))
    return matching.update(state=state, closed_at=now or timezone.now(), look_at=None)


def _several(value):
    return [value] if isinstance(value, str) else list(value)
