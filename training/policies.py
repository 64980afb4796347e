"""Changing the policy of a requirement and year: compared first, then written with its line in the log.

It changes figures, those of years gone by too: a year that was frozen is changed with a reason only.
"""

from dataclasses import replace
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.units import UnitTree

from . import coverage
from .access import is_training_officer
from .coverage import Figures, Policy
from .models import CoverageSnapshot, PolicyChange, Requirement, RequirementYear
from .report import counts

_VALUES = ("categories", "min_minutes", "min_available_days", "due_on", "evaluation_on", "legal_basis")


def changed(policy: Policy, values: dict) -> Policy:
    """The policy with `values` in place of its own; units as keys, categories in any order."""
    return replace(
        policy,
        **{name: values[name] for name in _VALUES if name != "categories"},
        categories=tuple(sorted(values["categories"])),
        units_in=frozenset(values["units_in"]),
        units_out=frozenset(values["units_out"]),
    )


def day_of_comparison(year: int, today: date) -> date:
    """The day the figures before and after are compared on; the first of a year to come."""
    return date(year, 1, 1) if year > today.year else coverage.default_day(year, today)


def compare(before: Policy, after: Policy, day: date, tree: UnitTree) -> tuple[Figures, Figures]:
    """The figures of `day` under each. Two queries."""
    first, second = (
        coverage.whole(coverage.figures_by_unit(policy, day, tree=tree)) for policy in (before, after)
    )
    return first, second


def is_frozen(policy: Policy) -> bool:
    return CoverageSnapshot.objects.filter(requirement=policy.requirement, year=policy.year).exists()


def changes_of(policy: Policy):
    """The log, the latest first."""
    return PolicyChange.objects.filter(requirement=policy.requirement, year=policy.year)


def last_change(policy: Policy) -> int:
    """What a form says it has seen; 0 where nothing was changed yet."""
    return changes_of(policy).values_list("pk", flat=True).first() or 0


def save(user, after: Policy, *, seen: int, reason: str = "", now=None) -> PolicyChange | None:
    """Writes the policy and its log line; None where nothing differs.

    Raises PermissionDenied for others than the training officer; ValidationError when somebody else changed
    it since `seen`, and, at "reason", for a frozen year without one.
    """
    if not is_training_officer(user):
        raise PermissionDenied(_("The training officer keeps the policy."))
    now = now or timezone.now()
    with transaction.atomic():
        Requirement.objects.select_for_update().get(pk=after.requirement)
        before, tree = coverage.policy_of(after.code, after.year), UnitTree.load()
        if before == after:
            return None
        if last_change(before) != seen:
            raise ValidationError(
                _("Somebody else changed this policy meanwhile. Compare with what stands now, then save.")
            )
        if is_frozen(before) and not reason.strip():
            raise ValidationError(
                {"reason": _("This year was frozen. Write why its policy changes all the same.")}
            )
        day = day_of_comparison(after.year, timezone.localdate(now))
        figures = compare(before, after, day, tree)
        _store(after)
        return PolicyChange.objects.create(
            requirement_id=after.requirement,
            year=after.year,
            before=before.as_values(tree),
            after=after.as_values(tree),
            day=day,
            figures_before=counts(figures[0]),
            figures_after=counts(figures[1]),
            reason=reason.strip(),
            at=now,
            by=user,
            by_name=user.display_name,
        )


def _store(policy):
    values = {name: getattr(policy, name) for name in _VALUES} | {"categories": list(policy.categories)}
    row, _made = RequirementYear.objects.update_or_create(
        requirement_id=policy.requirement, year=policy.year, defaults=values
    )
    row.units_in.set(policy.units_in)
    row.units_out.set(policy.units_out)
