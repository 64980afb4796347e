"""The dated facts behind one person's state: what "why?" shows, and what `rules.judge` judges."""

from collections import defaultdict
from datetime import date

from people.models import Leave, ServiceSpell, UnitAssignment
from people.units import UnitTree

from ..models import Attendance, Exemption, OutsideCredit, RequirementCourse, SessionState
from .policy import Policy
from .rules import Attended, Facts, Interval, Judgement, Outside, Place, Service, judge


def facts_of(staff_keys, policy: Policy) -> dict[int, Facts]:
    """`{staff key: everything known of the person}`, seven queries for any number of people."""
    found = defaultdict(lambda: defaultdict(list))
    _dated(found, staff_keys)
    _attended(found, staff_keys, policy)
    for row in OutsideCredit.objects.filter(staff__in=staff_keys, requirement=policy.requirement):
        outside = Outside(row.completed_on, row.minutes, row.state == OutsideCredit.State.VERIFIED)
        found[row.staff_id]["outside"].append(outside)
    approved = Exemption.objects.filter(
        staff__in=staff_keys, requirement=policy.requirement, state=Exemption.State.APPROVED
    )
    for row in approved:
        found[row.staff_id]["exemptions"].append(Interval(row.start_on, row.end_before))
    return {key: Facts(**{name: tuple(rows) for name, rows in found[key].items()}) for key in staff_keys}


def _dated(found, staff_keys):
    for row in ServiceSpell.objects.filter(staff__in=staff_keys).order_by("start_on"):
        found[row.staff_id]["services"].append(Service(row.start_on, row.end_before, row.category))
    primary = UnitAssignment.objects.filter(staff__in=staff_keys, is_primary=True).order_by("start_on")
    for row in primary:
        found[row.staff_id]["places"].append(Place(row.start_on, row.end_before, row.unit_id))
    for row in Leave.objects.filter(staff__in=staff_keys, is_approved=True).order_by("start_on"):
        found[row.staff_id]["leaves"].append(Interval(row.start_on, row.end_before))


def _attended(found, staff_keys, policy):
    counting = set(
        RequirementCourse.objects.filter(requirement=policy.requirement).values_list("course", "year")
    )
    marks = (
        Attendance.objects.filter(staff__in=staff_keys)
        .select_related("session")
        .order_by("session__held_on", "session__starts_at")
    )
    for mark in marks:
        session = mark.session
        if (session.course_id, session.held_on.year) not in counting:
            continue
        found[mark.staff_id]["attended"].append(
            Attended(
                session.code,
                session.held_on,
                session.starts_at,
                session.ends_at,
                mark.status,
                mark.minutes,
                session.state == SessionState.CONFIRMED,
            )
        )


def explain(staff, policy: Policy, day: date, *, tree=None) -> tuple[Judgement, Facts]:
    """The state of one person and the facts it rests on."""
    facts = facts_of([staff.pk], policy)[staff.pk]
    units = None if policy.all_units else policy.units_in_scope(tree or UnitTree.load())
    return judge(facts, policy, day, units), facts
