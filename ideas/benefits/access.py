"""Who reads the results of an initiative, who writes and who verifies them. Out of sight is 404.

Written by the authors, the head of their unit or the council's secretary; verified by that head or the
secretary, never by an author nor by whoever entered it. The use by a unit is confirmed by that unit's head.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from ideas.capacities import SECRETARY, acting_capacity
from ideas.lifecycle import State
from ideas.models import Adoption, Initiative
from ideas.moves import Actor, Move
from ideas.refusing import Refused
from people.units import headed_units

_KEPT = (State.RECOGNISED, State.REVOKED)  # a revoked initiative keeps its results, out of the public's sight


def ledgers_visible_to(user):
    """Recognised and revoked dossiers this person may open, those of the units they head, and those such a
    unit uses."""
    rows = Initiative.objects.filter(state__in=_KEPT)
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    readable = Q(pk__in=Initiative.objects.visible_to(user).filter(state__in=_KEPT).values("pk"))
    headed = headed_units(user, timezone.localdate())
    if headed:
        used = Adoption.objects.filter(unit__in=headed).values("initiative")
        readable |= Q(unit__in=headed) | Q(pk__in=used)
    return rows.filter(readable)


@dataclass
class Rights:
    """What one person may do with the results of one initiative (from `for_workflow()`), on one day."""

    initiative: Initiative
    user: object
    now: object
    lookups: dict = field(default_factory=dict)  # shared by the initiatives of one list

    @cached_property
    def staff_id(self):
        staff = getattr(self.user, "staff", None)
        return staff.pk if staff else None

    @cached_property
    def headed(self):
        if "headed" not in self.lookups:
            self.lookups["headed"] = headed_units(self.user, timezone.localdate(self.now))
        return self.lookups["headed"]

    @cached_property
    def is_author(self):
        return self.staff_id is not None and self.staff_id in self.initiative.author_staff_ids

    @cached_property
    def is_secretary(self):
        move = Move("look", Actor.of(self.user), self.now, {}, self.lookups)
        return acting_capacity((SECRETARY,), self.initiative, move) is not None

    @cached_property
    def heads_the_unit(self):
        return self.initiative.unit_id is not None and self.initiative.unit_id in self.headed

    @property
    def reads_evidence(self):
        """Whoever merely uses it reads figures, not the files behind them."""
        if self.is_author or self.is_secretary or self.heads_the_unit:
            return True
        return Initiative.objects.visible_to(self.user).filter(pk=self.initiative.pk).exists()

    def write_refusal(self):
        """Why this person cannot write down figures; None when they can."""
        if self.initiative.state != State.RECOGNISED:
            return Refused("not_recognised")
        if self.is_author or self.heads_the_unit or self.is_secretary:
            return None
        return Refused("only_benefit_writers")

    def verify_refusal(self, claim):
        """Why this person cannot verify a figure. `claim` is an indicator or a measurement."""
        if self.initiative.state != State.RECOGNISED:
            return Refused("not_recognised")
        if not (self.heads_the_unit or self.is_secretary):
            return Refused("only_verifiers")
        if self.is_author:
            return Refused("verifier_is_author")
        if claim.entered_by_id == self.user.pk:
            return Refused("verifier_entered_it")
        return None

    def adoption_refusal(self, unit_id=None):
        """Why this person cannot write down the use by a unit (any unit they may name, where None)."""
        if self.initiative.state != State.RECOGNISED:
            return Refused("not_recognised")
        if self.is_author or self.is_secretary:
            return None
        if self.headed and (unit_id is None or unit_id in self.headed):
            return None
        return Refused("only_adoption_writers")

    def confirm_refusal(self, adoption):
        """Why this person cannot confirm the use by a unit."""
        if self.initiative.state != State.RECOGNISED:
            return Refused("not_recognised")
        if adoption.unit_id not in self.headed:
            return Refused("only_that_units_head")
        return Refused("verifier_is_author") if self.is_author else None
