"""The kinds of obligation: what each app registers so that the clock can recall what is owed.

An app registers its kinds in `AppConfig.ready`. Telling people is the app's part, since this app knows
neither people nor notices; `notifications.reminders.reminding` makes a teller out of two events and a
function that names the people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from .models import Obligation, Skipped
from .stages import Stage


@dataclass(frozen=True)
class Due:
    """One obligation whose stage has come. Texts name `last_day`: a stage may be told late."""

    obligation: Obligation
    stage: Stage
    last_day: date


def all_of_them(obligations, now):
    """Nothing to ask: what is open is owed."""
    return obligations


def nobody_by_role(user, now):
    return ()


# Which of these are still owed at this moment; asked inside the transaction that tells.
StillOwed = Callable[[Sequence[Obligation], datetime], Iterable[Obligation]]
# Tells them all, inside the transaction; answers {obligation pk: why} for those that were not to be told.
Tell = Callable[[Sequence[Due], datetime], Mapping[int, Skipped] | None]


@dataclass(frozen=True)
class Kind:
    """One sort of obligation.

    `title` has placeholders: %(code)s and whatever stands in the obligation's `data`. With a `section` the
    open ones stand on the work page of their owner, and of the owners `owners_of(user, now)` names: the units
    and capacities this person acts for.
    """

    code: str
    title: str | Promise
    tell: Tell
    still_owed: StillOwed = all_of_them
    section: str | Promise = ""
    order: int = 100
    action: str | Promise = ""
    owners_of: Callable[[object, datetime], Iterable] = nobody_by_role

    def title_of(self, obligation):
        """The title in the language active now. Rows outlive their placeholders, so nothing raises here."""
        try:
            return str(self.title) % {"code": obligation.code, **obligation.data}
        except (KeyError, TypeError, ValueError):
            return obligation.code or str(self.title)


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    """Adds a kind; call it in `AppConfig.ready`. Raises ValueError for a code used twice."""
    if kind.code in _kinds:
        raise ValueError(f"kind {kind.code!r} is registered twice")
    _kinds[kind.code] = kind
    return kind


def each(predicate: Callable[[Obligation, datetime], bool]) -> StillOwed:
    """A `still_owed` that asks one by one; for kinds with few obligations."""

    def still_owed(obligations, now):
        return [obligation for obligation in obligations if predicate(obligation, now)]

    return still_owed


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_of(code) -> Kind | None:
    return _kinds.get(code)
