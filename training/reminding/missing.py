"""Reminders of a requirement's due day: to whoever is missing at that moment, and their unit heads.

Who is told is asked of the coverage inside the transaction that tells: nobody who was trained meanwhile.
"""

from collections import Counter
from datetime import date

from django.utils import timezone

from notifications.events import Announcement, announce_many
from obligations.ledger import Debt, capacity
from obligations.models import Skipped
from obligations.stages import Stage
from people.models import Staff, UnitAssignment, containing
from people.roles import Role, holders_of
from people.units import UnitTree
from vietnamese.dates import short_date

from .. import coverage
from ..coverage import Policy, State
from ..in_use import in_use
from . import events
from .subjects import COVERAGE, TRAINING_OFFICER, of_coverage

CHOOSE_A_SESSION = "/dao-tao/"


def list_of_missing(code, year) -> str:
    """The address of who is missing, as far as its reader may see."""
    return f"/dao-tao/ty-le/con-thieu/?requirement={code}&year={year}"


def debts(year: int):
    """One obligation a requirement: everybody who has to be trained is, by the policy's due day."""
    policies = coverage.policies_of(year)
    for requirement in in_use(year):
        policy = policies[requirement.code]
        yield Debt(
            COVERAGE,
            of_coverage(policy.code, year),
            capacity(TRAINING_OFFICER),
            policy.due_on,
            code=str(year),
            link=list_of_missing(policy.code, year),
            data={"name": policy.name, "requirement": policy.code, "year": year},
        )


def still_owed(obligations, now):
    """While somebody is missing and the year has not ended: afterwards nobody can be trained for it."""
    return [row for row in obligations if _missing(_policy(row), timezone.localdate(now))]


def tell(dues, now):
    """Everybody missing now who has an account, and each unit head with how many of the own people are."""
    today, announcements, nobody = timezone.localdate(now), [], {}
    tree, heads = UnitTree.load(), _heads(today)
    for due in dues:
        policy = _policy(due.obligation)
        found = _tellings(policy, due, _missing(policy, today), tree, heads)
        if not found:
            nobody[due.obligation.pk] = Skipped.NOBODY
        announcements += found
    announce_many(announcements)
    return nobody


def _policy(obligation) -> Policy:
    return coverage.policy_of(obligation.data["requirement"], obligation.data["year"])


def _missing(policy, today: date):
    """Who is missing today; nobody outside the year."""
    if today.year != policy.year:
        return []
    return coverage.people(policy, today, states=[State.MISSING])


def _tellings(policy, due, missing, tree, heads):
    params = {"name": policy.name, "year": policy.year, "due": short_date(due.last_day)}
    told = []
    accounts = _accounts({person.staff_id for person in missing})
    if accounts:
        event = events.MISSING_OVERDUE if due.stage == Stage.OVERDUE else events.STILL_MISSING
        told.append(
            Announcement(event, accounts, link=CHOOSE_A_SESSION, subject=due.obligation.code, params=params)
        )
    by_unit = Counter(person.unit_id for person in missing)
    for account, unit in heads.items():
        count = sum(by_unit[key] for key in tree.subtree(unit))
        if count:
            told.append(
                Announcement(
                    events.UNIT_MISSING,
                    [account],
                    link=due.obligation.link,
                    subject=due.obligation.code,
                    params=params | {"count": count},
                )
            )
    return told


def _accounts(staff_keys):
    """Keys of the open accounts of these people; compared here: a database bounds the values it takes."""
    rows = Staff.objects.filter(user__is_active=True).values_list("pk", "user")
    return [account for key, account in rows if key in staff_keys]


def _heads(day):
    """{account key: key of the unit it heads on `day`}: the head's own primary unit."""
    holders = holders_of(Role.UNIT_HEAD).values("pk")
    rows = UnitAssignment.objects.filter(containing(day), is_primary=True, staff__user__in=holders)
    ordered = rows.order_by("start_on", "unit").values_list("staff__user", "unit")
    return dict(ordered)
