"""A published payload read back as values, in the shape `targets.wording` and `targets.plots` draw. Pure."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..targets.standing import Asked, Measure, Standing, Verdict


@dataclass(frozen=True)
class Definition:
    version: int
    in_force_on: date
    indicator: str
    is_measurable: bool
    numerator: str
    denominator: str
    source: str
    comparator: str
    goal: Decimal | None
    goal_upper: Decimal | None
    measured_in: str
    is_suggested: bool

    @property
    def is_share(self):
        return self.measured_in == "%"


@dataclass(frozen=True)
class Held:
    """A published figure. `units` whose it is where it was reported; `source` a stable code where the portal
    computed it."""

    measure: Measure
    as_of: date
    definition: Definition
    is_met: bool | None
    is_computed: bool
    source: str
    units: tuple[str, ...]
    is_public: bool


@dataclass(frozen=True)
class Target:
    """One target as a publication of `year` tells it."""

    code: str
    text: str
    group: str
    group_name: str
    section: str
    frequency: str
    due_year: int | None
    leads: tuple[str, ...]
    coordinates: tuple[str, ...]
    is_proposed: bool
    definitions: tuple[Definition, ...]
    definition: Definition
    expected: dict[int, Decimal]
    start: Fraction | None
    held: Held | None
    verdict: Verdict
    year: int
    others: dict = field(default_factory=dict)  # {another year: the same target as published of it}

    @property
    def standing(self) -> Standing:
        return self.verdict.standing

    @property
    def by_an_older_definition(self):
        return self.held is not None and self.held.definition.version != self.definition.version

    def asked_by(self, definition) -> Asked:
        return Asked(
            frequency=self.frequency,
            due_year=self.due_year,
            comparator=definition.comparator if definition.is_measurable else "",
            goal=definition.goal if definition.is_measurable else None,
            expected=self.expected,
            start=self.start,
        )

    # ---- the years beside each other

    def of_year(self, year) -> "Target | None":
        return self if year == self.year else self.others.get(year)

    @property
    def values(self) -> dict[int, Held]:
        found = {year: self.of_year(year) for year in (self.year, *self.others)}
        return {year: one.held for year, one in found.items() if one.held is not None}

    def verdict_of(self, year) -> Verdict:
        one = self.of_year(year)
        return one.verdict if one else Verdict(Standing.NO_DATA, "no_figure")


@dataclass(frozen=True)
class Task:
    code: str
    text: str
    group: str
    group_name: str
    section: str
    is_invited: bool
    state: str
    is_late: bool
    due_on: date | None
    leads: tuple[str, ...]
    coordinates: tuple[str, ...]
    figure: dict | None  # number, as_of, source

    @property
    def shown_state(self):
        """An open task whose day has passed is shown as late."""
        return "late" if self.is_late else self.state


def targets_of(payload) -> list[Target]:
    return [_target(values, payload["year"]) for values in payload["targets"]]


def tasks_of(payload) -> list[Task]:
    return [_task(values) for values in payload["tasks"]]


def beside(targets, others) -> list[Target]:
    """The same targets, each with what the publications of `others` ({year: payload}) say of it."""
    by_code = {
        year: {one.code: one for one in targets_of(payload)} for year, payload in sorted(others.items())
    }
    return [
        replace(one, others={year: found[one.code] for year, found in by_code.items() if one.code in found})
        for one in targets
    ]


def _target(values, year):
    definitions = {one["version"]: _definition(one) for one in values["definitions"]}
    return Target(
        **{name: values[name] for name in _TOLD_AS_IT_IS},
        leads=tuple(values["leads"]),
        coordinates=tuple(values["coordinates"]),
        definitions=tuple(definitions.values()),
        definition=definitions[values["definition"]],
        expected={int(key): Decimal(number) for key, number in values["expected"].items()},
        start=_fraction(values["start"]),
        held=_held(values["held"], definitions),
        verdict=Verdict(Standing(values["standing"]), values["reason"], _fraction(values["needed"])),
        year=year,
    )


_TOLD_AS_IT_IS = (
    *("code", "text", "group", "group_name", "section", "frequency", "due_year"),
    "is_proposed",
)


def _definition(values):
    return Definition(
        **values
        | {
            "in_force_on": date.fromisoformat(values["in_force_on"]),
            "goal": _decimal(values["goal"]),
            "goal_upper": _decimal(values["goal_upper"]),
        }
    )


def _held(values, definitions):
    if values is None:
        return None
    definition = definitions[values["definition"]]
    numerator, denominator = _decimal(values["numerator"]), _decimal(values["denominator"])
    return Held(
        measure=Measure(numerator, denominator, definition.is_share),
        as_of=date.fromisoformat(values["as_of"]),
        definition=definition,
        is_met=values["is_met"],
        is_computed=values["is_computed"],
        source=values["source"],
        units=tuple(values["units"]),
        is_public=values["is_public"],
    )


def _task(values):
    due, figure = values["due_on"], values["figure"]
    return Task(
        **values
        | {
            "due_on": date.fromisoformat(due) if due else None,
            "leads": tuple(values["leads"]),
            "coordinates": tuple(values["coordinates"]),
            "figure": figure
            and figure | {"number": Decimal(figure["number"]), "as_of": date.fromisoformat(figure["as_of"])},
        }
    )


def _decimal(text):
    return None if text is None else Decimal(text)


def _fraction(text):
    return None if text is None else Fraction(text)
