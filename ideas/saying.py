"""One announcement about one dossier: its code, its address, the page parts to refresh; never more."""

from notifications.events import Announcement


def refresh_keys(initiative):
    return (f"initiative:{initiative.pk}",)


def say(event, recipients, initiative, link=None, refresh=None, **params):
    """`recipients` may hold None for people without an account."""
    return Announcement(
        event,
        [user for user in recipients if user],
        link=link or initiative.get_absolute_url(),
        subject=initiative.code,
        refresh=refresh_keys(initiative) if refresh is None else refresh,
        params=params,
    )


def officers_among(council, initiative):
    """Accounts of chair, vice chair and secretary, but for those in conflict with this dossier."""
    return [
        seat.staff.user
        for seat in council.voting_seats
        if seat.role != "member"
        and seat.staff
        and seat.staff.user
        and not council.in_conflict(seat.staff_id, initiative)
    ]
