"""Dossiers whose terms begin on a chosen local day, for the tests of clocks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ideas import workflow

from . import builders

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day, clock="09:00:00"):
    """A moment of a local day in Hải Phòng."""
    return datetime.combine(day, datetime.strptime(clock, "%H:%M:%S").time(), LOCAL)


def ward_at(now):
    """A ward whose round is open at `now`; sheets have no day of their own."""
    return builders.make_ward(now, scoring_due_on=None)


def submitted(ward, now, **values):
    first_use = {"first_applied_on": now.date() - timedelta(days=100)}
    return workflow.move(builders.draft(ward, **(first_use | values)), "submit", ward.tacgia, now=now)


def accepted(ward, now, **values):
    initiative = submitted(ward, now, **values)
    type(initiative).objects.filter(pk=initiative.pk).update(
        formality_checklist=dict.fromkeys(builders.CHECKLIST, True)
    )
    return workflow.move(initiative, "accept", ward.thuky, now=now)
