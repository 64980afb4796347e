"""What takes place in public: each app registers its own in AppConfig.ready, /lich/ shows them together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Happening:
    """Something that takes place. `uid` stays for life; `steps` grows with each change, `touched` says when
    the last was; `status` is CONFIRMED, TENTATIVE or CANCELLED (RFC 5545)."""

    uid: str
    title: str
    path: str
    begins: datetime
    ends: datetime
    place: str = ""
    status: str = "CONFIRMED"
    touched: datetime | None = None
    steps: int = 0

    @property
    def is_cancelled(self):
        return self.status == "CANCELLED"


Provider = Callable[[date, date | None], Iterable[Happening]]
_providers: list[Provider] = []


def register_happenings(provider: Provider):
    """`provider(first, before)` gives what everybody may read now and begins on a local day from `first`
    until before `before` (None: without end), in a constant number of queries."""
    if provider not in _providers:
        _providers.append(provider)


def happenings(first, before=None) -> list[Happening]:
    """The soonest first."""
    found = [each for provider in _providers for each in provider(first, before)]
    return sorted(found, key=lambda each: (each.begins, each.title, each.uid))
