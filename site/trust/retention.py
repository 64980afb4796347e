"""How long each kind of data is kept, and what takes it away afterwards.

Each app registers its kinds in `AppConfig.ready`; the worker applies them once a day, the data-protection
officer reads what is due. A purge takes what ended before a moment and may run any number of times.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """`keep`: how long after the end of its day a thing is kept. `purge(before)` takes away what ended before
    that moment and says how many; `due(before)` counts it without touching it. `basis`: why so long."""

    code: str
    label: str | Promise
    keep: timedelta
    purge: Callable[[datetime], int]
    due: Callable[[datetime], int] | None = None
    basis: str | Promise = ""

    def before(self, now) -> datetime:
        return over_before(timezone.localdate(now), self.keep)


_kinds: dict[str, Kind] = {}


def register(kind, label, keep, purge, *, due=None, basis="") -> Kind:
    """Adds a kind of data. Raises ValueError for a code used twice or a term that is none."""
    if not isinstance(keep, timedelta) or keep < timedelta(0):
        raise ValueError(f"{kind}: how long it is kept is a timedelta, not {keep!r}")
    made = Kind(kind, label, keep, purge, due, basis)
    if _kinds.setdefault(kind, made) != made:
        raise ValueError(f"Two kinds of data are called {kind}")
    return made


def kinds() -> list[Kind]:
    return list(_kinds.values())


def over_before(today: date, keep: timedelta) -> datetime:
    """What ended before this moment has been kept long enough on the local day `today`; pure.

    Days are those of Hải Phòng: what ended at any hour of 01/03 and is kept 10 days is there for the whole of
    11/03 and due from 00:00 on 12/03.
    """
    midnight = timezone.make_aware(datetime.combine(today, time()), timezone.get_default_timezone())
    return midnight - keep
