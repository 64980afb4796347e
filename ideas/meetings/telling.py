"""Who hears of what happens to a meeting: the council's seats, open pages, and the head."""

from django.utils import timezone

from notifications.events import Announcement, announce_many
from people.roles import Role, holders_of

from .. import events
from ..models import Conclusion


def _accounts(sitting):
    return [seat.staff.user for seat in sitting.council.seats if seat.staff and seat.staff.user]


def invitation(event, sitting):
    day = timezone.localtime(sitting.meeting.starts_at)
    return Announcement(
        event,
        _accounts(sitting),
        link=sitting.meeting.get_absolute_url(),
        refresh=(_key(sitting.meeting),),
        params={"day": f"{day:%d/%m/%Y}", "time": f"{day:%H:%M}"},
    )


def _key(meeting):
    return f"meeting:{meeting.pk}"


def quietly(sitting, item=None):
    keys = (_key(sitting.meeting), *((f"initiative:{item.initiative_id}",) if item else ()))
    return Announcement(
        events.MEETING_MOVED_ON, _accounts(sitting), link=sitting.meeting.get_absolute_url(), refresh=keys
    )


def refresh_pages(sitting, item=None):
    announce_many([quietly(sitting, item)])


def to_decide(items):
    """What the head now has to decide; completion is the secretary's to ask for."""
    heads = list(holders_of(Role.HEAD))
    return [
        Announcement(
            events.TO_DECIDE,
            heads,
            link="/sang-kien/quyet-dinh/",
            subject=item.initiative.code,
            refresh=(f"initiative:{item.initiative_id}",),
        )
        for item in items
        if item.conclusion != Conclusion.COMPLETE_AGAIN
    ]
