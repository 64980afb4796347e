"""Locking a meeting and what stands on it, always in the same order, and saving it as a new version."""

from django.db.models import F

from ..models import AgendaItem, Initiative, Meeting
from ..moves import Actor
from ..sitting import Sitting
from .asking import may_record
from .refusals import MeetingChanged, require


def lock_meeting(user, meeting, base_version, now):
    """The meeting locked and unchanged since `base_version`; its sitting; the actor."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("appointment").get(pk=meeting.pk)
    if locked.edit_version != base_version:
        raise MeetingChanged(locked.pk)
    return locked, Sitting(locked, now), Actor.of(user)


def lock_item(user, item, base_version, now):
    """The meeting, the item and its initiative, locked in that order, when a vote may be written."""
    meeting, sitting, actor = lock_meeting(user, item.meeting, base_version, now)
    locked = AgendaItem.objects.select_for_update().get(pk=item.pk, meeting=meeting)
    locked.meeting = meeting
    locked.initiative = (
        Initiative.objects.select_for_update(of=("self",)).for_workflow().get(pk=locked.initiative_id)
    )
    require(may_record(sitting, actor, locked), locked.initiative)
    return sitting, locked, actor


def save_meeting(meeting, *fields):
    meeting.edit_version = F("edit_version") + 1
    meeting.save(update_fields=[*fields, "edit_version"])
    meeting.refresh_from_db(fields=["edit_version"])
