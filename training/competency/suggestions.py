"""Which open sessions help with what a person lacks."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from ..models import Enrolment, Session, SessionState

MOST = 4
# A called-up person keeps the seat until it is given back.
SEATED = (Enrolment.State.INVITED, Enrolment.State.ENROLLED)
_LOOKED_AT = 200  # sessions ahead, soonest first


@dataclass(frozen=True)
class Suggestion:
    """A session with the areas it helps in; `seats_left` None: no limit."""

    session: Session
    areas: tuple
    seats_left: int | None

    @property
    def link(self):
        """The session's page."""
        return self.session.get_absolute_url()


def suggest(staff, rows, areas, *, now=None) -> list[Suggestion]:
    """At most `MOST` sessions, soonest first, whose course teaches an area with a gap at the level needed.

    `rows` of `record_of`, `areas` their Area rows. Sessions that are full or hold the person already are
    left out. Two queries, whatever the number of gaps; none without a gap.
    """
    needed = {row.area: row.needed for row in rows if row.gap}
    lacking = [area for area in areas if area.pk in needed]
    if not lacking:
        return []
    found = []
    for session in _ahead(staff, now or timezone.now()):
        helps = tuple(
            area
            for area in lacking
            if area.topic in session.course.topics and session.course.level >= needed[area.pk]
        )
        left = None if session.capacity is None else session.capacity - session.seated
        if helps and (left is None or left > 0):
            found.append(Suggestion(session, helps, left))
        if len(found) == MOST:
            break
    return found


def _ahead(staff, now):
    """Open sessions that have not begun and in which the person has no place yet."""
    today = timezone.localdate(now)
    own = Enrolment.objects.filter(staff=staff).exclude(state=Enrolment.State.CANCELLED)
    rows = (
        Session.objects.filter(state=SessionState.OPEN, held_on__gte=today)
        .exclude(pk__in=own.values("session"))
        .select_related("course")
        .annotate(seated=Count("enrolments", filter=Q(enrolments__state__in=SEATED)))
        .order_by("held_on", "starts_at", "code")
    )
    return [session for session in rows[:_LOOKED_AT] if not session.has_begun(now)]
