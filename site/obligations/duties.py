"""What waits for a person, by when. Each app registers its sources of work; the work page only draws."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from .desk import Desk


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


@dataclass(frozen=True)
class Source:
    """Work of one sort. `asks` gives its branches of the one query (`desk.branch`), `tells` makes sections of
    what came back."""

    asks: Callable[[Desk], Iterable]
    tells: Callable[[Desk], Iterable[WorkSection]]

    def __call__(self, user, now):
        """The sections of this source alone."""
        return sections_of([self], user, now)


_sources: list[Source] = []


def register_duties(source: Source):
    """Adds a source of work; call it in `AppConfig.ready`."""
    if source not in _sources:
        _sources.append(source)
    return source


def sections_of(sources, user, now) -> list[WorkSection]:
    """The sections of these sources: one query, and what is to be known about the person beforehand."""
    desk = Desk(user, now)
    desk.fetch([part for source in sources for part in source.asks(desk)])
    return [section for source in sources for section in source.tells(desk)]


def work_of(user, now=None) -> list[WorkSection]:
    """The sections with something in them, in their order, what is due first on top."""
    sections = sections_of(_sources, user, now or timezone.now())
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
