"""Who goes first where seats are few: people still missing what the course counts for, then first come."""

from datetime import date

from django.utils import timezone

from .models import RequirementCourse


def requirement_codes(session):
    """What the session's course counts for in the year of the session."""
    return list(
        RequirementCourse.objects.filter(course=session.course_id, year=session.held_on.year)
        .order_by("requirement__order")
        .values_list("requirement__code", flat=True)
    )


def still_missing(session, staff_ids=None, today=None) -> set[int]:
    """Keys of the people (of `staff_ids`, or of everybody) who are MISSING a requirement the course counts
    for in the session's year, as of today, or the nearest day of that year."""
    from . import coverage

    year = session.held_on.year
    day = min(max(today or timezone.localdate(), date(year, 1, 1)), date(year, 12, 31))
    found = set()
    for code in requirement_codes(session):
        policy = coverage.policy_of(code, year)
        states = {coverage.State.MISSING}
        found |= {person.staff_id for person in coverage.people(policy, day, states=states, staff=staff_ids)}
    return found


def in_order(session, waiting, today=None):
    """The waiting list in the order in which seats are given."""
    if len(waiting) < 2:
        return list(waiting)
    first = still_missing(session, [row.staff_id for row in waiting], today)
    return sorted(waiting, key=lambda row: (row.staff_id not in first, row.asked_at, row.pk))
