"""What somebody states of a target for a year, and what is wrong with it. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

from .refusing import Refused
from .standing import Measure

NAMES = ("as_of", "numerator", "denominator", "words", "is_met", "source")


@dataclass(frozen=True)
class Figure:
    """Numerator and denominator of a share, a count alone, or words and whether it is reached."""

    as_of: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    words: str = ""
    is_met: bool | None = None
    source: str = ""


def asks_denominator(definition) -> bool:
    return definition.is_measurable and (definition.is_share or bool(definition.denominator))


def check(figure, definition, year, today):
    """Raises `Refused`, naming the field."""
    _check_day(figure.as_of, year, today)
    if not definition.is_measurable:
        if not figure.words:
            raise Refused("words_missing", "words")
        if figure.is_met is None:
            raise Refused("met_missing", "is_met")
        return
    if figure.numerator is None:
        raise Refused("numerator_missing", "numerator", what=definition.numerator or definition.indicator)
    if asks_denominator(definition) and figure.denominator is None:
        raise Refused("denominator_missing", "denominator", what=definition.denominator)
    if definition.is_share:
        check_share(figure.numerator, figure.denominator)


def check_share(numerator, denominator):
    """Raises `Refused` where a share would come to more than 100 %. Out of 0 is "nothing to count"."""
    if numerator is not None and denominator is not None and numerator > denominator:
        raise Refused(
            "above_denominator",
            "numerator",
            numerator=format_decimal(numerator),
            denominator=format_decimal(denominator),
        )


def _check_day(day, year, today):
    if day > today:
        raise Refused("day_in_future", "as_of", day=short_date(day), today=short_date(today))
    if day.year != year:
        first, last = date(year, 1, 1), min(date(year, 12, 31), today)
        raise Refused(
            "day_outside_year",
            "as_of",
            day=short_date(day),
            year=year,
            first=short_date(first),
            last=short_date(last),
        )


def kept(figure, definition) -> Figure:
    """Without what this definition does not ask for: nothing unseen is stored."""
    if not definition.is_measurable:
        return Figure(figure.as_of, words=figure.words, is_met=figure.is_met, source=figure.source)
    denominator = figure.denominator if asks_denominator(definition) else None
    return Figure(figure.as_of, figure.numerator, denominator, figure.words, None, figure.source)


def plain(figure):
    """As values that compare and have a fingerprint; None stays None. Takes rows as well."""
    if figure is None:
        return None
    return {name: _plain(getattr(figure, name)) for name in NAMES}


def _plain(value):
    if isinstance(value, Decimal):
        return as_text(value)
    return value.isoformat() if isinstance(value, date) else value


def as_text(number) -> str:
    """The exact number as plain text, without needless zeros; "" for none."""
    return "" if number is None else f"{Decimal(number).normalize():f}"


def of_text(text) -> Decimal | None:
    return Decimal(text) if text else None


def measured(row) -> Measure:
    """A reported row as a measure, by the definition it was measured by."""
    return Measure(row.numerator, row.denominator, row.definition.is_share)


def in_force(definitions, day):
    """The definition in force on `day`, of those of one target in their order; before the first, the
    first."""
    until = [one for one in definitions if one.in_force_on <= day]
    return until[-1] if until else definitions[0]
