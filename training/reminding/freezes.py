"""Freezes to take: from the day they speak of, the training officer has a week."""

from datetime import timedelta

from django.utils import timezone

from obligations.ledger import Debt, capacity
from people.roles import Role, holders_of

from .. import coverage
from ..freezing.taking import Label, as_of
from ..in_use import in_use
from ..models import CoverageSnapshot
from .subjects import FREEZE, TRAINING_OFFICER, of_freeze

# The first reminder, seven days before, so comes on the very day; and a week after 01/12 is the 8th, before
# the reports due by 09/12 that quote the evaluation's figures.
WITHIN = timedelta(days=7)
PREPARE = timedelta(days=14)  # before its day it stands on the work page: the checklist takes time


def debts(year: int):
    """Both freezes of every requirement in use."""
    policies = coverage.policies_of(year)
    for requirement in in_use(year):
        policy = policies[requirement.code]
        for label in Label:
            yield Debt(
                FREEZE,
                of_freeze(policy.code, year, label),
                capacity(TRAINING_OFFICER),
                as_of(policy, label) + WITHIN,
                code=str(year),
                link=f"/dao-tao/chot/?yeu-cau={policy.code}&nam={year}",
                data={
                    "name": policy.name,
                    "requirement": policy.code,
                    "year": year,
                    "label": str(label),
                },
            )


def still_owed(obligations, now):
    """From two weeks before its day, while none of the label is there and anybody is in scope."""
    near = timezone.localdate(now) + PREPARE
    obligations = [row for row in obligations if row.due_on - WITHIN <= near]
    taken = set(
        CoverageSnapshot.objects.filter(year__in={row.data["year"] for row in obligations}).values_list(
            "requirement__code", "year", "label"
        )
    )
    return [row for row in obligations if _key(row) not in taken and _concerns_anybody(row)]


def _key(row):
    return row.data["requirement"], row.data["year"], row.data["label"]


def _concerns_anybody(row):
    code, year, label = _key(row)
    policy = coverage.policy_of(code, year)
    return coverage.whole(coverage.figures_by_unit(policy, as_of(policy, label))).population > 0


def who(obligations, now):
    officers = list(holders_of(Role.TRAINING_OFFICER).values_list("pk", flat=True))
    return {row.pk: officers for row in obligations}
