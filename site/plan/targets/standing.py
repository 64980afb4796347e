"""How a target stands, by one stated rule. Pure: plain values, no database.

A number is judged in the year it speaks of:
- a goal of "at most": late as soon as it is exceeded; met when the time is over and it never was;
- the goal is reached: met (what must hold at all times is on track until the year is over);
- the year's expected value is reached: on track (what is to be reached by its due year is expected to come to
  its goal in that year, whatever was set);
- the year is over and it is not: late;
- before that, the way from the last value before the year to the expected one is taken to be even over the
  year: at least as far on the day of the figures is on track, less is at risk.
Without a figure there is nothing to judge, and late once the time is over; without an expected value for the
year there is no basis, unless the due year is over, which the goal itself judges. A denominator of zero is
"nothing to count": neither met nor late.
A target without a number is met when the unit says so with its words; without that it is under way until its
time is over.
"""

from calendar import isleap
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from ..models import Comparator, Frequency


class Standing(TextChoices):
    """Stable codes; the worst last."""

    MET = "met", pgettext_lazy("target", "reached")
    ON_TRACK = "on_track", pgettext_lazy("target", "on track")
    NOTHING = "nothing", pgettext_lazy("target", "nothing to count")
    NO_DATA = "no_data", pgettext_lazy("target", "no basis yet")
    AT_RISK = "at_risk", pgettext_lazy("target", "at risk")
    LATE = "late", pgettext_lazy("target", "late")


@dataclass(frozen=True)
class Measure:
    """What was counted. A share keeps both numbers; its percentage is floored to one decimal, so that 99.96 %
    is never shown as 100 %."""

    numerator: Decimal | None
    denominator: Decimal | None = None
    is_share: bool = False

    @property
    def exact(self) -> Fraction | None:
        """A share in percent, a count as it is; None where there is none."""
        if self.numerator is None:
            return None
        if not self.is_share:
            return Fraction(self.numerator)
        if not self.denominator:
            return None
        return Fraction(self.numerator) * 100 / Fraction(self.denominator)

    @property
    def value(self) -> Decimal | None:
        """For the eye and for the tables."""
        if not self.is_share or self.exact is None:
            return None if self.is_share else self.numerator
        return Decimal(self.exact * 10 // 1) / 10

    @property
    def is_nothing(self):
        """Nothing to count: a share of zero."""
        return self.is_share and self.numerator is not None and self.denominator == 0


@dataclass(frozen=True)
class Asked:
    """What is asked of a target. `expected` are the years somebody set; `start` is where it started from."""

    frequency: str
    due_year: int | None
    comparator: str = ""
    goal: Decimal | None = None
    expected: dict[int, Decimal] = field(default_factory=dict)
    start: Fraction | None = None

    @property
    def has_number(self):
        return self.goal is not None and bool(self.comparator)

    def last_day(self, year):
        """When the time for it is over, asked about `year`."""
        by_due_year = self.frequency == Frequency.BY_DUE_YEAR and self.due_year
        return date(max(self.due_year, year) if by_due_year else year, 12, 31)

    def expected_of(self, year):
        """What `year` should come to: as it was set; from the due year on the goal, whatever was set."""
        is_due = self.due_year is not None and year >= self.due_year
        if is_due and self.frequency == Frequency.BY_DUE_YEAR:
            return self.goal
        if year in self.expected:
            return self.expected[year]
        if is_due:
            return self.goal
        return self.goal if self.frequency in (Frequency.YEARLY, Frequency.CONTINUOUS) else None


@dataclass(frozen=True)
class Verdict:
    """`needed` is what the figures should have come to on their day; None where that was not asked."""

    standing: Standing
    reason: str
    needed: Fraction | None = None


def judge(
    asked: Asked, measure: Measure | None, year, day, *, as_of=None, is_met=None, is_partial=False
) -> Verdict:
    """How a target stands in `year`, looked at on `day`. `as_of` is the day of the figures, `is_met` what
    units say of a target without a number, `is_partial` that one of those who lead has not spoken yet."""
    is_over = day > asked.last_day(year)
    if not asked.has_number:
        return _by_words(is_met, is_over, is_partial)
    if measure is None or measure.numerator is None:
        return Verdict(Standing.LATE, "over_without") if is_over else Verdict(Standing.NO_DATA, "no_figure")
    if measure.is_nothing:
        return Verdict(Standing.NOTHING, "nothing_to_count")
    if measure.exact is None:
        return Verdict(Standing.NO_DATA, "no_figure")
    if asked.comparator == Comparator.AT_MOST:
        return _at_most(asked, measure.exact, is_over)
    return _at_least(asked, measure.exact, year, day, as_of or day, is_over)


def reaches(comparator, value, goal) -> bool:
    """Whether `value` is what `comparator` asks against `goal`."""
    if comparator == Comparator.ABOVE:
        return value > goal
    return value <= goal if comparator == Comparator.AT_MOST else value >= goal


def _by_words(is_met, is_over, is_partial):
    if is_met and is_partial:
        return Verdict(Standing.NO_DATA, "not_all_said")
    if is_met:
        return Verdict(Standing.MET, "said_met")
    if is_over:
        return Verdict(Standing.LATE, "over_not_met")
    return (
        Verdict(Standing.NO_DATA, "no_words") if is_met is None else Verdict(Standing.ON_TRACK, "under_way")
    )


def _at_most(asked, value, is_over):
    if value > asked.goal:
        return Verdict(Standing.LATE, "exceeded")
    return Verdict(Standing.MET, "never_exceeded") if is_over else Verdict(Standing.ON_TRACK, "not_exceeded")


def _at_least(asked, value, year, day, as_of, is_over):
    year_is_over = day > date(year, 12, 31)
    if reaches(asked.comparator, value, asked.goal):
        if asked.frequency == Frequency.CONTINUOUS and not year_is_over:
            return Verdict(Standing.ON_TRACK, "reached_so_far")
        return Verdict(Standing.MET, "goal_reached")
    expected = asked.expected_of(year)
    if expected is None:
        return Verdict(Standing.LATE, "over_not_met") if is_over else Verdict(Standing.NO_DATA, "no_expected")
    expected = Fraction(expected)
    is_the_goal = expected == asked.goal  # "above 80" is not reached by 80
    if value > expected or (value == expected and not is_the_goal):
        return Verdict(Standing.ON_TRACK, "expected_reached", expected)
    if year_is_over:
        return Verdict(Standing.LATE, "expected_missed", expected)
    needed = _on_the_way(asked, year, as_of, expected)
    if value >= needed:
        return Verdict(Standing.ON_TRACK, "ahead_of_pace", needed)
    return Verdict(Standing.AT_RISK, "behind_pace", needed)


def _on_the_way(asked, year, as_of, expected):
    """What is needed on the day of the figures, from where the year began."""
    first = Fraction(0)
    if asked.frequency == Frequency.BY_DUE_YEAR:  # what is kept from year to year does not begin at nothing
        before = asked.expected.get(year - 1)
        first = Fraction(before) if before is not None else asked.start or first
    passed = Fraction(
        (min(as_of, date(year, 12, 31)) - date(year, 1, 1)).days + 1, 366 if isleap(year) else 365
    )
    return first + (expected - first) * max(passed, Fraction(0))
