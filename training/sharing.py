"""How a session of the public calendar presents itself where it is shared or found."""

from portal.sharing import SCHEMA, address, shared, ward

from .lifecycle import SessionState
from .listing import is_public
from .models import Mode

_ATTENDANCE = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
}


def shared_session(session) -> dict:
    """For templates/portal/_share.html; nothing for a session outside the public calendar."""
    if not is_public(session):
        return {}
    name, text = session.course.name, session.course.description
    return shared(session.get_absolute_url(), name, text, "article", event(session))


def event(session) -> dict:
    """What the page shows everybody, in schema.org's words."""
    cancelled = session.state == SessionState.CANCELLED
    said = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": session.course.name,
        "startDate": session.begins.isoformat(),
        "endDate": session.ends.isoformat(),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/{_ATTENDANCE.get(session.mode, 'MixedEventAttendanceMode')}",
        "organizer": ward(),
        "url": address(session.get_absolute_url()),
    }
    if session.place:
        said["location"] = {"@type": "Place", "name": session.place}
    return said
