"""The council's sample meetings: one still to come, the others held, with attendance and votes by seat."""

from datetime import timedelta

from django.utils import timezone

from ideas.council import Council
from ideas.files import SCAN, store_signed_file
from ideas.models import AgendaItem, Meeting, MeetingAttendance, Vote

from .calendar import at
from .evidence import page

HOUR = 14


def invite(stage, meeting, items, moment):
    """A meeting with its agenda, not yet held."""
    planned = _meeting(stage, meeting, "planned")
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=planned,
            initiative=initiative,
            evaluation_number=initiative.evaluation_number,
            order=order,
        )
        for order, initiative in enumerate((stage.dossier(item["key"]) for item in items), start=1)
    )


def hold(stage, meeting, items, moment):
    """A meeting held and closed: who was there, how each seat voted, what was concluded."""
    held = _meeting(stage, meeting, "closed")
    council = Council(stage.appointment, timezone.localdate(held.starts_at))
    held.presided_by = council.holder("chair").staff
    held.conclusion = meeting["conclusion"]
    held.opened_at = held.starts_at + timedelta(minutes=5)
    held.closed_at = held.starts_at + timedelta(minutes=100)
    held.save()
    away = meeting["absent"]
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(
            meeting=held,
            seat=seat,
            is_present=seat.staff.user.username not in away,
            reason=away.get(seat.staff.user.username, ""),
        )
        for seat in council.seats
    )
    for order, item in enumerate(items, start=1):
        _vote(stage, held, council, meeting, item, order)


def _meeting(stage, meeting, state):
    starts_at = at(stage.calendar.day(meeting["days_ago"]), HOUR)
    number = Meeting.objects.filter(starts_at__year=starts_at.year).count() + 1
    return Meeting.objects.create(
        appointment=stage.appointment,
        number=number,
        starts_at=starts_at,
        place=meeting["place"],
        state=state,
        is_sample=True,
    )


def _vote(stage, held, council, meeting, item, order):
    initiative = stage.dossier(item["key"])
    present = [
        filled
        for filled in council.fill(initiative)
        if filled.staff and filled.staff.user.username not in meeting["absent"]
    ]
    votes_for = min(item["votes_for"], len(present))
    secret = meeting["mode"] == "secret"
    row = AgendaItem(
        meeting=held,
        initiative=initiative,
        evaluation_number=initiative.evaluation_number,
        order=order,
        mode=meeting["mode"],
        seats=len(council.voting_seats),
        needed=council.needed,
        had_quorum=len(present) >= council.needed,
        votes_for=votes_for,
        votes_against=len(present) - votes_for,
        conclusion=item["conclusion"],
        recorded_at=held.opened_at + timedelta(minutes=15 * order),
    )
    if secret:
        row.issued = row.returned = row.valid = len(present)
        row.invalid = 0
        tally = page(
            "bien-ban-kiem-phieu.pdf",
            "Biên bản kiểm phiếu",
            initiative.code,
            [("Kết quả", f"Phát ra {len(present)}, thu về {len(present)}, đồng ý {votes_for}.")],
            signer="Tổ kiểm phiếu",
        )
        stored = store_signed_file(tally, "tallies", policy=SCAN)
        row.tally_file, row.tally_sha256 = stored.path, stored.sha256
    row.save()
    if not secret:
        Vote.objects.bulk_create(
            Vote(item=row, seat=filled.seat, staff=filled.staff, agrees=nth < votes_for)
            for nth, filled in enumerate(present)
        )
