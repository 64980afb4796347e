"""Who owes a report and is reminded of it: the unit, by its reporters and its head; then those above."""

from collections import defaultdict
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from notifications.reminders import reminding, telling
from obligations.kinds import Kind, Superior, register_kind
from obligations.ledger import Debt, cancel, fulfil, owe_many, unit
from obligations.models import Obligation
from people.models import Unit
from people.roles import Role, holders_of
from people.units import UnitTree

from ..access import reporters_of, units_reported_by
from ..models import UnitReport
from ..models.report import OPEN
from . import events
from .duty import is_invited

REPORT = "plan.report"
AHEAD = timedelta(days=45)  # before its last day it stands on the work page


def subject_of(report):
    return f"report:{report.pk}"


def debts(reports, tree=None):
    """What the open ones among `reports` owe; each with its period and unit at hand."""
    tree = tree or UnitTree.load()
    for report in reports:
        if report.is_open:
            yield Debt(
                REPORT,
                subject_of(report),
                unit(report.unit),
                report.due_on,
                code=report.period.code,
                link=report.get_absolute_url(),
                data={
                    "title": report.period.title,
                    "unit": report.unit.name,
                    "invited": is_invited(tree, report.unit_id),
                },
            )


def follow(reports, now, tree=None):
    """Brings what is owed in line with the reports; in the transaction of the cause."""
    reports = list(reports)
    by_fate = defaultdict(list)
    for report in reports:
        by_fate["open" if report.is_open else report.state].append(report)
    done = by_fate["submitted"] + by_fate["accepted"]
    if done:
        fulfil(REPORT, [subject_of(report) for report in done], now=now)
    if by_fate["excused"]:
        cancel(REPORT, [subject_of(report) for report in by_fate["excused"]], now=now)
    if by_fate["open"]:
        owe_many(debts(by_fate["open"], tree), now=now)
        drop_former_owners(by_fate["open"], now)


def drop_former_owners(reports, now):
    """A unit that got another code owes under it, and no longer under the former one."""
    codes = {subject_of(report): report.unit.code for report in reports}
    rows = Obligation.objects.open().filter(kind=REPORT, subject__in=codes)
    for subject, owner in rows.values_list("subject", "owner"):
        if owner != codes[subject]:
            cancel(REPORT, subject, owner=unit(owner), now=now)


def still_owed(obligations, now):
    keys = {int(row.subject.split(":")[1]) for row in obligations}
    open_ones = set(UnitReport.objects.filter(pk__in=keys, state__in=OPEN).values_list("pk", flat=True))
    return [row for row in obligations if int(row.subject.split(":")[1]) in open_ones]


def owners_of(desk):
    """The units this person reports for."""
    return [unit(code) for code in units_reported_by(desk).values()]


def who_reports(obligations, now):
    """{obligation: reporters and head of its unit}."""
    return _of_units(obligations, lambda person: True)


def _heads(obligations, now):
    heads = set(holders_of(Role.UNIT_HEAD).values_list("pk", flat=True))
    return _of_units(obligations, lambda person: person.pk in heads)


def _of_units(obligations, wanted):
    keys = dict(Unit.objects.filter(code__in={row.owner for row in obligations}).values_list("code", "pk"))
    people = reporters_of(keys.values())
    return {
        row.pk: [person for person in people.get(keys.get(row.owner), ()) if wanted(person)]
        for row in obligations
    }


def coordinators():
    return list(holders_of(Role.PLAN_COORDINATOR))


def _everybody(*roles):
    def people(obligations, now):
        found = list(holders_of(*roles).values_list("pk", flat=True))
        return {row.pk: found for row in obligations}

    return people


def _asking(told, asked):
    """One teller for those who are told and another for those who are asked."""

    def tell(dues, now):
        invited = [due for due in dues if due.obligation.data.get("invited")]
        others = [due for due in dues if not due.obligation.data.get("invited")]
        return {
            **((told(others, now) if others else None) or {}),
            **((asked(invited, now) if invited else None) or {}),
        }

    return tell


def register():
    register_kind(
        Kind(
            REPORT,
            _("%(title)s: report of %(unit)s"),
            _asking(
                reminding(events.SOON, events.OVERDUE, who_reports),
                reminding(events.INVITED_SOON, events.INVITED_OVERDUE, who_reports),
            ),
            still_owed=still_owed,
            section=_("Reports on the plan"),
            order=40,
            action=_("Write the report"),
            owners_of=owners_of,
            ahead=AHEAD,
            tell_moved=telling(events.MOVED, who_reports),
            superiors={
                "unit_head": Superior(_("unit head"), telling(events.LATE, _heads)),
                "coordinator": Superior(
                    _("plan coordinator"), telling(events.LATE, _everybody(Role.PLAN_COORDINATOR))
                ),
                "leaders": Superior(
                    _("head of the ward"), telling(events.LATE, _everybody(Role.HEAD, Role.DEPUTY_HEAD))
                ),
            },
        )
    )
