"""What a consolidated report is drawn from, as plain values: a period, the plan's catalogue, who filed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ..targets.standing import Asked


@dataclass(frozen=True)
class Period:
    code: str
    kind: str
    title: str
    from_day: date
    to_day: date
    cut_off: date
    last_day: date

    @property
    def year(self):
        """The year its figures are of, as in the units' reports."""
        return self.cut_off.year


@dataclass(frozen=True)
class Group:
    code: str
    name: str


@dataclass(frozen=True)
class Lead:
    """A unit that leads. `reported_by`: codes of the units whose report may speak for it, its own and those
    above."""

    code: str
    name: str
    reported_by: frozenset = frozenset()

    def is_in(self, codes):
        return bool(codes & (self.reported_by | {self.code}))


@dataclass(frozen=True)
class TargetItem:
    """A target as it is defined at the period's cut-off."""

    code: str
    group: Group
    text: str
    indicator: str = ""
    measured_in: str = ""
    comparator: str = ""
    goal: Decimal | None = None
    goal_upper: Decimal | None = None
    due_year: int | None = None
    expected: Decimal | None = None
    leads: tuple = ()
    asked: Asked | None = None  # what the rule of standing needs


@dataclass(frozen=True)
class TaskItem:
    code: str
    group: Group
    text: str
    due_on: date | None = None
    is_invited: bool = False
    leads: tuple = ()


@dataclass(frozen=True)
class Catalogue:
    targets: tuple = ()
    tasks: tuple = ()


# Where a unit stands with its report. `MISSING`: nothing was begun. `EXCUSED`: none is to be sent.
EXCUSED = "excused"
ACCEPTED, SUBMITTED, RETURNED, DRAFT, MISSING = "accepted", "submitted", "returned", "draft", "missing"


@dataclass(frozen=True)
class Filing:
    """One unit's report of the period."""

    code: str
    name: str
    state: str
    is_late: bool = False
    submitted_at: datetime | None = None  # at first; of a late one when it was sent after its day
    accepted_at: datetime | None = None
    by: str = ""
    people: int | None = None
    taken_over_by: str = ""  # name of the unit that reports instead
    taken_over_code: str = ""

    @property
    def owes(self):
        return self.state != EXCUSED

    @property
    def counts(self):
        return self.state == ACCEPTED


@dataclass(frozen=True)
class Material:
    """Everything a draft needs. `payloads` of accepted reports in the order of the units; `before` those of
    the last period of the same kind, empty where there was none."""

    period: Period
    catalogue: Catalogue
    payloads: tuple = ()
    filings: tuple = ()
    previous: Period | None = None
    before: tuple = ()
