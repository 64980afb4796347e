"""Who reads which target, who types its figures, who may change it. Out of sight is 404.

Coordinators and the ward's leaders read all; reporters and heads of units the targets their units have a
part in. Figures are typed for a unit that leads, by whoever reports for it; a coordinator may in their
place, with a reason.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from config.figures import figure_of

from ..access import coordinates, reads_all, reported_units
from ..loading import YEARS
from ..models import Part, Target, TargetUnit, ValueEvidence
from .refusing import Refused

START = YEARS[0] - 1  # the year that says where a target started from


def visible_to(user, own=None):
    """The targets this person may read; `own` are the units they report for, where that is known."""
    if reads_all(user):
        return Target.objects.all()
    own = reported_units(user) if own is None else own
    if not own:
        return Target.objects.none()
    return Target.objects.filter(pk__in=TargetUnit.objects.filter(unit__in=own).values("target"))


def evidence_visible_to(user):
    """Files show more than their figure: whoever reads everything, and whoever reports for that very unit."""
    if reads_all(user):
        return ValueEvidence.objects.all()
    return ValueEvidence.objects.filter(value__unit__in=reported_units(user))


@dataclass
class Rights:
    """What one person may do with one target on one day. `parts` are its units."""

    target: Target
    user: object
    parts: list
    now: object = field(default_factory=timezone.now)
    own_units: set | None = None  # where they are known already

    @cached_property
    def today(self):
        return timezone.localdate(self.now)

    @cached_property
    def coordinates(self):
        return coordinates(self.user)

    @cached_property
    def own(self):
        return reported_units(self.user, self.today) if self.own_units is None else self.own_units

    @property
    def leads(self):
        return [part.unit for part in self.parts if part.part == Part.LEAD]

    @property
    def reads_evidence_of(self):
        """Keys of the units whose files this person may open; None for all."""
        return None if reads_all(self.user) else self.own

    @property
    def reportable(self):
        """The leading units this person types figures for: their own, or all in their place."""
        if figure_of(self.target.code) is not None:
            return []
        own = [unit for unit in self.leads if unit.pk in self.own]
        return own or (self.leads if self.coordinates else [])

    def is_in_place(self, unit):
        """Whether a figure of `unit` typed by this person is typed in its place."""
        return unit.pk not in self.own

    def change_refusal(self):
        return None if self.coordinates else Refused("only_coordinator")

    def report_refusal(self, unit, year):
        """Why this person cannot type a figure of `unit` for `year`; None when they can."""
        if figure_of(self.target.code) is not None:
            return Refused("target_is_computed")
        if unit.pk not in {lead.pk for lead in self.leads}:
            return Refused("unit_does_not_lead")
        if unit.pk not in self.own and not self.coordinates:
            return Refused("only_lead_reporters", unit=unit.name)
        return year_refusal(year, self.today)


def year_refusal(year, today):
    if not START <= year <= YEARS[-1]:
        return Refused("year_outside", first=YEARS[0], last=YEARS[-1], start=START)
    if year > today.year:
        return Refused("year_in_future", year=year)
    return None
