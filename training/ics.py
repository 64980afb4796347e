"""Sessions as a calendar. A session keeps its UID for life and its SEQUENCE grows with every line of its
history, so that calendar programs take changes over."""

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from portal import ics
from portal.happenings import Happening

from .lifecycle import SessionState

CONTENT_TYPE = ics.CONTENT_TYPE
PAST_DAYS = ics.PAST_DAYS
_STATUS = {SessionState.DRAFT: "TENTATIVE", SessionState.CANCELLED: "CANCELLED"}


def feed(sessions, name, title_of) -> bytes:
    """The calendar called `name`; `title_of(session)` is the line people see. Two queries."""
    return ics.feed(name, happenings(sessions.filter(held_on__gte=ics.first_day()), title_of), "training")


def happenings(sessions, title_of):
    """`sessions` in the order of time, as the calendars of the portal know them."""
    rows = sessions.order_by("held_on", "starts_at", "code")
    for session in rows.annotate(steps=Count("history", distinct=True), touched=Max("history__at")):
        yield Happening(
            uid=f"training-session-{session.pk}",
            title=title_of(session),
            path=session.get_absolute_url(),
            begins=session.begins,
            ends=session.ends,
            place=session.place,
            status=_STATUS.get(session.state, "CONFIRMED"),
            touched=session.touched or session.state_since,
            steps=session.steps,
        )


def public_title(session):
    """The public calendar names the course: everybody may read it there."""
    return session.course.name


def personal_title(session):
    """What to do and the code: the calendar of a phone is read over shoulders (design §8)."""
    if session.state == SessionState.CANCELLED:
        return _("Cancelled: session %(code)s") % {"code": session.code}
    return _("Attend session %(code)s") % {"code": session.code}
