"""What a page of coverage was asked, by whom: the policy, the day, the units in sight. Three queries, and one
for a unit head."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Unit, UnitAssignment, containing
from people.roles import Role, has_role
from people.units import UnitTree

from .. import coverage
from ..access import CoverageScope, coverage_scope
from ..coverage import Policy
from ..forms.coverage import AskedForm, years
from ..reference_data import DIGITAL_SKILLS


@dataclass(frozen=True)
class Asked:
    """`as_known`: the live figures of a frozen year were asked for. `day_given`: the day was typed or chosen,
    not taken by default."""

    user: object
    policy: Policy
    form: AskedForm
    day: date
    day_given: bool
    as_known: bool
    today: date
    tree: UnitTree
    scope: CoverageScope

    @property
    def year(self):
        return self.policy.year

    @property
    def is_past(self):
        return self.year < self.today.year

    @property
    def units(self):
        """Keys of the units in sight; None for everybody, people without a unit included."""
        return None if self.scope.everything else self.scope.units

    @property
    def unit_codes(self):
        return None if self.units is None else {self.tree.by_key[key].code for key in self.units}

    @cached_property
    def query(self) -> str:
        """What leads to the same figures again, for addresses."""
        asked = {"requirement": self.policy.code, "year": self.year}
        if self.day_given:
            asked["day"] = f"{self.day:%d/%m/%Y}"
        if self.as_known:
            asked["song"] = "1"
        return urlencode(asked)

    @property
    def overdue(self):
        """Whether whoever is missing is overdue."""
        return self.day > self.policy.due_on


def read(user, given, today=None, *, needs_scope=True) -> Asked:
    """Reads the address. What is wrong in it is told by the form, and the default stands in.

    Raises PermissionDenied for whoever has nobody's coverage to read, unless `needs_scope` is off.
    """
    today = today or timezone.localdate()
    year = _year(given.get("year", ""), today)
    policies = coverage.policies_of(year)
    form = AskedForm(given or None, policies=policies, year=year, today=today)
    valid = _valid(form)
    chosen = valid.get("requirement") or (
        DIGITAL_SKILLS if DIGITAL_SKILLS in policies else next(iter(policies))
    )
    day = valid.get("day") or coverage.default_day(year, today)
    tree = _tree(day)
    return Asked(
        user=user,
        policy=policies[chosen],
        form=form,
        day=day,
        day_given=bool(valid.get("day")),
        as_known=given.get("song") == "1",
        today=today,
        tree=tree,
        scope=scope_or_refuse(user, day, tree) if needs_scope else coverage_scope(user, day, tree),
    )


def scope_or_refuse(user, day, tree) -> CoverageScope:
    scope = coverage_scope(user, day, tree)
    if scope:
        return scope
    if has_role(user, Role.UNIT_HEAD):
        raise PermissionDenied(
            _("On %(day)s the roster gives you no unit of your own, so there is nobody to show.")
            % {"day": f"{day:%d/%m/%Y}"}
        )
    raise PermissionDenied(
        _(
            "The coverage is read by the training officer, the personnel officer, the heads of the ward, and"
            " by unit heads for their own unit."
        )
    )


def _year(text, today):
    return int(text) if text.isascii() and text.isdigit() and int(text) in years(today) else today.year


def _valid(form):
    """The fields that hold, whatever is wrong with the others."""
    if not form.is_bound:
        return {}
    form.is_valid()
    return form.cleaned_data


def _tree(day):
    """The tree of units, each with `seconded`: people who serve there besides their primary unit."""
    there = UnitAssignment.objects.filter(containing(day), unit=OuterRef("pk"), is_primary=False).order_by()
    number = there.values("unit").annotate(n=Count("staff", distinct=True)).values("n")
    seconded = Coalesce(Subquery(number, output_field=IntegerField()), 0)
    return UnitTree(Unit.objects.annotate(seconded=seconded).order_by("order", "code"))
