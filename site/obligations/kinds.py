"""The kinds of obligation: what each app registers so that the clock can recall what is owed.

An app registers its kinds in `AppConfig.ready`. Telling people is the app's part, since this app knows
neither people nor notices; `notifications.reminders.reminding` makes a teller out of two events and a
function that names the people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from .desk import Desk
from .models import Obligation, Skipped
from .stages import LEVELS, Stage


@dataclass(frozen=True)
class Due:
    """One obligation whose stage has come. Texts name `last_day`: a stage may be told late."""

    obligation: Obligation
    stage: Stage | str  # or `stages.MOVED`
    last_day: date


def all_of_them(obligations, now):
    """Nothing to ask: what is open is owed."""
    return obligations


def nobody_by_role(desk):
    return ()


# Which of these are still owed at this moment; asked inside the transaction that tells.
StillOwed = Callable[[Sequence[Obligation], datetime], Iterable[Obligation]]
# Tells them all, inside the transaction; answers {obligation pk: why} for those that were not to be told.
Tell = Callable[[Sequence[Due], datetime], Mapping[int, Skipped] | None]


@dataclass(frozen=True)
class Superior:
    """Somebody who is told that others are late. `label` names them on pages: "council chair"."""

    label: str | Promise
    tell: Tell


@dataclass(frozen=True)
class Kind:
    """One sort of obligation.

    `title` has placeholders: %(code)s and whatever stands in the obligation's `data`. With a `section` the
    open ones stand on the work page of their owner, and of the owners `owners_of(desk)` names: the units and
    capacities this person acts for; with `ahead` no earlier than that before their day. Where `still_owed`
    asks much, `asked_by_clock` has the clock ask it each hour, and the page believes that answer.

    `tell_moved` says at once that announced days off moved the day. `superiors` are those that the setting
    `OBLIGATION_ESCALATIONS` may name.
    """

    code: str
    title: str | Promise
    tell: Tell
    still_owed: StillOwed = all_of_them
    section: str | Promise = ""
    order: int = 100
    action: str | Promise = ""
    owners_of: Callable[[Desk], Iterable] = nobody_by_role
    ahead: timedelta | None = None
    asked_by_clock: bool = False
    tell_moved: Tell | None = None
    superiors: Mapping[str, Superior] = field(default_factory=dict)

    @property
    def levels(self) -> dict[Stage, tuple[int, str]]:
        """{level: (working days late, code of the superior told then)}, the earliest first."""
        named = settings.OBLIGATION_ESCALATIONS.get(self.code, ())
        return dict(zip(LEVELS, sorted((days, told) for days, told in named), strict=False))

    @property
    def levels_after(self) -> dict[Stage, int]:
        return {stage: days for stage, (days, _told) in self.levels.items()}

    def check_levels(self):
        """Raises ImproperlyConfigured where the settings name somebody this kind cannot tell."""
        named = settings.OBLIGATION_ESCALATIONS.get(self.code, ())
        if len(named) > len(LEVELS) or any(days < 1 or told not in self.superiors for days, told in named):
            raise ImproperlyConfigured(
                f"OBLIGATION_ESCALATIONS[{self.code!r}]: up to {len(LEVELS)} pairs of working days (1 or "
                f"more) and one of {sorted(self.superiors)}"
            )

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
    kind.check_levels()
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
