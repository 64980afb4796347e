"""What waits for a person, by when. Each app registers a provider; the work page only draws."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True)
class WorkItem:
    """One thing to do. `due` is a local date (its whole day counts) or a moment; None: no term."""

    title: str
    link: str
    due: date | datetime | None = None
    action: str = ""  # the button's words
    kind: str = ""  # stable code of the sort of work
    code: str = ""  # the record's code, e.g. SK-2026-HD15
    note: str = ""

    @property
    def due_day(self) -> date | None:
        if isinstance(self.due, datetime):
            return timezone.localtime(self.due).date()
        return self.due

    @property
    def due_has_time(self) -> bool:
        return isinstance(self.due, datetime)

    @property
    def overdue(self) -> bool:
        if self.due is None:
            return False
        if isinstance(self.due, datetime):
            return self.due < timezone.now()
        return self.due < timezone.localdate()

    @property
    def days_left(self) -> int | None:
        """Whole days to the due day; negative once it has passed."""
        return None if self.due is None else (self.due_day - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


@dataclass(frozen=True)
class WorkSection:
    """Work of one sort under a heading. `progress` is (done, total), shown as a bar."""

    heading: str
    items: Sequence[WorkItem] = field(default_factory=list)
    order: int = 100
    progress: tuple[int, int] | None = None

    @property
    def remaining(self) -> int:
        done, total = self.progress or (0, 0)
        return max(0, total - done)


Provider = Callable[[object, datetime], Iterable[WorkSection]]
_providers: list[Provider] = []


def register_duties(provider: Provider):
    """Adds `provider(user, now) -> WorkSections`; call it in `AppConfig.ready`. Usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def work_of(user, now=None) -> list[WorkSection]:
    """The sections with something in them, in their order, what is due first on top."""
    now = now or timezone.now()
    sections = [section for provider in _providers for section in provider(user, now)]
    shown = [section for section in sections if section.items or section.progress]
    return [_sorted(section) for section in sorted(shown, key=lambda section: section.order)]


def _sorted(section):
    items = sorted(section.items, key=_urgency)
    return WorkSection(section.heading, items, section.order, section.progress)


def _urgency(item):
    """By day, then by moment (a whole day ends after every moment of it), what has no term last."""
    if item.due is None:
        return (1, date.max, 0.0)
    moment = item.due.timestamp() if isinstance(item.due, datetime) else float("inf")
    return (0, item.due_day, moment)
