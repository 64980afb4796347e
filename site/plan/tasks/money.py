"""Money of the tasks (part VI of the plan), in whole dong. Sums are pure; overspending is not refused."""

from collections import defaultdict
from dataclasses import dataclass

from config.plan_file import read_plan
from plan.models import BudgetSource

_PLACE = {BudgetSource.WARD: 0, BudgetSource.PROGRAMMES: 1, BudgetSource.SOCIAL: 2}


def source_words(code) -> str:
    """The plan's own words."""
    return read_plan()["budget"]["sources"][_PLACE[code]]["text_vi"]


def source_choices():
    return [(code.value, source_words(code)) for code in BudgetSource]


@dataclass(frozen=True)
class Money:
    estimate: int = 0
    spent: int = 0
    lines: int = 0

    def __add__(self, other):
        return Money(self.estimate + other.estimate, self.spent + other.spent, self.lines + other.lines)

    @property
    def is_overspent(self):
        return self.spent > self.estimate

    @property
    def left(self):
        return self.estimate - self.spent


def totals(rows):
    """`rows` of (year, source, estimate, spent) → {(year, source): Money}; None means all of them."""
    found = defaultdict(Money)
    for year, source, estimate, spent in rows:
        money = Money(estimate, spent, 1)
        for key in ((year, source), (year, None), (None, source), (None, None)):
            found[key] += money
    return dict(found)
