"""What everybody reads of the results of recognised initiatives: verified figures, confirmed uses."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ideas.models import Adoption, BenefitIndicator, ClaimState, Measurement
from vietnamese.numbers import round_half_up


@dataclass(frozen=True)
class Reading:
    """One verified measurement."""

    months: int
    value: Decimal
    measured_on: date
    source: str
    verified_for: str  # the unit or office whose head verified it


@dataclass(frozen=True)
class Result:
    """A verified figure beside its verified measurements, the earliest first."""

    name: str
    measured_in: str
    baseline: Decimal
    promised: Decimal
    lower_is_better: bool
    readings: tuple[Reading, ...]

    @property
    def last(self):
        return self.readings[-1] if self.readings else None

    @property
    def keeps_promise(self):
        """Whether the last measurement is at least as good as promised; None before the first."""
        if self.last is None:
            return None
        value = self.last.value
        return value <= self.promised if self.lower_is_better else value >= self.promised

    @property
    def bars(self):
        """Before, promised, measured, in hundredths of the largest; nothing is shorter than nothing."""
        values = [self.baseline, self.promised, *([self.last.value] if self.last else [])]
        most = max(values)
        return [_width(value, most) for value in values]


def _width(value, most):
    if most <= 0 or value <= 0:
        return "0"
    return str(round_half_up(Fraction(value) * 100 / Fraction(most), 1))


@dataclass(frozen=True)
class Use:
    unit: str
    since: date
    last_day: date | None


def results_of(initiatives):
    """{initiative key: its results}; two queries for any number. Ask for published initiatives alone."""
    rows = list(
        BenefitIndicator.objects.filter(initiative__in=initiatives, state=ClaimState.VERIFIED).order_by(
            "initiative", "order", "pk"
        )
    )
    readings = {}
    measured = Measurement.objects.filter(indicator__in=rows, state=ClaimState.VERIFIED)
    for one in measured.order_by("months"):
        reading = Reading(one.months, one.value, one.measured_on, one.source, one.decided_for)
        readings.setdefault(one.indicator_id, []).append(reading)
    found = {}
    for row in rows:
        result = Result(
            row.name,
            row.measured_in,
            row.baseline,
            row.promised,
            row.lower_is_better,
            tuple(readings.get(row.pk, ())),
        )
        found.setdefault(row.initiative_id, []).append(result)
    return found


def uses_of(initiatives):
    """{initiative key: the confirmed uses}, the earliest first; one query."""
    rows = Adoption.objects.filter(initiative__in=initiatives, state=ClaimState.VERIFIED)
    found = {}
    for row in rows.select_related("unit").order_by("initiative", "start_on", "pk"):
        found.setdefault(row.initiative_id, []).append(Use(row.unit.name, row.start_on, row.last_day))
    return found
