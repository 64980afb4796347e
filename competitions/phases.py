"""When a competition does what: half-open windows `[opens_at, closes_at)`, to the minute. Pure.

`phase_at` is the only authority: pages, doors, commands and the clock ask it and compare no moments.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import models
from django.utils.translation import pgettext_lazy


class PhaseCode(models.TextChoices):
    """In the order they come (legal.md §4.2); which of them a competition has, its blueprint says."""

    ENTRY = "entry", pgettext_lazy("phase", "Entries are taken")
    PRELIMINARY = "preliminary", pgettext_lazy("phase", "Preliminary round")
    VOTE = "vote", pgettext_lazy("phase", "Public vote")
    FINAL = "final", pgettext_lazy("phase", "Final round")
    EVENT = "event", pgettext_lazy("phase", "The event itself")


ORDER = list(PhaseCode.values)
NO_TIME = timedelta(0)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Window:
    """One phase. Moments are aware and carry no seconds."""

    code: str
    opens_at: datetime | None
    closes_at: datetime | None

    def holds(self, moment):
        """The first moment is inside, the last one is not. Without both edges it holds nothing."""
        return bool(self.opens_at and self.closes_at) and self.opens_at <= moment < self.closes_at


@dataclass(frozen=True)
class Standing:
    """Where a competition stands at a moment: `current` the window it is in, `last` the latest that is over,
    `next` the first still to come; each None where there is none."""

    current: Window | None
    last: Window | None
    next: Window | None

    @property
    def code(self):
        """The phase it is in, "" between two, before the first and after the last."""
        return self.current.code if self.current else ""

    @property
    def is_over(self):
        return self.current is None and self.next is None and self.last is not None

    @property
    def has_begun(self):
        return self.current is not None or self.last is not None


def phase_at(windows: Iterable[Window], moment) -> Standing:
    """Where the competition of these windows stands at `moment`, seconds counted."""
    usable = [w for w in windows if w.opens_at and w.closes_at]
    in_order = sorted(usable, key=lambda w: (w.opens_at, ORDER.index(w.code)))
    over = [w for w in in_order if w.closes_at <= moment]
    return Standing(
        current=next((w for w in in_order if w.holds(moment)), None),
        last=max(over, key=lambda w: w.closes_at, default=None),
        next=next((w for w in in_order if w.opens_at > moment), None),
    )


@dataclass(frozen=True)
class Fault:
    """What is wrong with a window: `phase` names it, `code` what (no_start, no_end, ends_before_start,
    seconds, overlaps), `other` the phase it collides with."""

    phase: str
    code: str
    other: str = ""


def faults(windows: Iterable[Window]) -> list[Fault]:
    """Why these windows cannot be a competition's; empty when they can."""
    windows = sorted(windows, key=lambda w: ORDER.index(w.code))
    found = [fault for window in windows for fault in _own_faults(window)]
    whole = [w for w in windows if not any(f.phase == w.code for f in found)]
    for before, after in pairwise(whole):
        if after.opens_at < before.closes_at:
            found.append(Fault(after.code, "overlaps", before.code))
    return found


def _own_faults(window):
    if window.opens_at is None:
        yield Fault(window.code, "no_start")
    if window.closes_at is None:
        yield Fault(window.code, "no_end")
    if window.opens_at is None or window.closes_at is None:
        return
    if window.closes_at - window.opens_at <= NO_TIME:
        yield Fault(window.code, "ends_before_start")
    if any(edge.second or edge.microsecond for edge in (window.opens_at, window.closes_at)):
        yield Fault(window.code, "seconds")
