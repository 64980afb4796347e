"""What the calendar program of one person reads of training; the address itself is `portal.my_calendar`'s."""

from .enrolment import SEATED
from .models import Session


def sessions_of(user):
    """The sessions somebody has a seat in."""
    staff = getattr(user, "staff", None)
    rows = Session.objects.select_related("course")
    if staff is None:
        return rows.none()
    return rows.filter(pk__in=staff.enrolments.filter(state__in=SEATED).values("session"))
