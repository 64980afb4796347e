"""What the register is narrowed by: year and its meaning, round, unit, field, outcome, reason, words."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.models import Unit

from ..models import Author, Field, Initiative, Round
from ..text import title_key
from .outcome import RECEIVED, of_year, with_outcome
from .reading import received

NONE = "-"  # of a unit or a field: where none is written


@dataclass(frozen=True)
class Asked:
    """One narrowing of the register; an empty value does not narrow."""

    year: int | None = None
    basis: str = RECEIVED
    round: str = ""  # 2026-2
    unit: str = ""  # its code
    field: str = ""
    outcome: str = ""
    reason: str = ""
    text: str = ""

    @property
    def query(self):
        """As it stands in an address. The year is named always: an address without one means this year."""
        named = {
            "theo": self.basis if self.year else "",
            "dot": self.round,
            "don_vi": self.unit,
            "linh_vuc": self.field,
            "ket_qua": self.outcome,
            "ly_do": self.reason,
            "q": self.text,
        }
        return urlencode({"nam": self.year or ""} | {name: value for name, value in named.items() if value})

    def but(self, **values):
        return replace(self, **values)


def rows(asked):
    """The dossiers of one narrowing with their outcomes, in the order of receipt."""
    found = with_outcome(received())
    if asked.year:
        found = of_year(found, asked.year, asked.basis)
    if asked.round:
        year, _dash, number = asked.round.partition("-")
        found = found.filter(round__year=year, round__number=number)
    found = _narrowed(found, "unit__code", asked.unit)
    found = _narrowed(found, "field__code", asked.field)
    if asked.outcome:
        found = found.filter(outcome=asked.outcome)
    if asked.reason:
        found = found.filter(reason=asked.reason)
    return _with_words(found, asked.text)


def _narrowed(found, name, code):
    if not code:
        return found
    relation = name.partition("__")[0]
    return found.filter(**({f"{relation}__isnull": True} if code == NONE else {name: code}))


def _with_words(found, text):
    key = title_key(text)
    if not key:
        return found
    by_name = Author.objects.filter(initiative=OuterRef("pk")).filter(
        Q(staff__search_key__contains=key) | Q(full_name__icontains=text.strip())
    )
    return found.filter(Q(title_key__contains=key) | Q(code__icontains=text.strip()) | Exists(by_name))


@dataclass(frozen=True)
class Choices:
    """What the form offers: years, rounds, units and fields the register has."""

    years: tuple
    rounds: tuple
    units: tuple
    fields: tuple


def choices():
    """In four queries, whatever the register holds."""
    everything = received()
    years = {day.year for day in everything.order_by().dates("received_on", "year")}
    years.add(timezone.localdate().year)
    units = Unit.objects.filter(pk__in=everything.order_by().values("unit")).order_by("order", "code")
    return Choices(
        years=tuple(sorted(years, reverse=True)),
        rounds=tuple((f"{row.year}-{row.number}", str(row)) for row in Round.objects.all()),
        units=tuple(units.values_list("code", "name")),
        fields=tuple(Field.objects.values_list("code", "name")),
    )


def initiative(code):
    """A dossier of the register by its code, or None."""
    return Initiative.objects.filter(pk__in=received().values("pk"), code=code).first()
