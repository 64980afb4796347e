"""Meetings and dossiers whose papers are drawn, and the texts of a paper."""

from datetime import timedelta

from django.utils import timezone

from ideas import meetings
from ideas.models import AgendaItem, Author, Initiative, Meeting, MeetingAttendance
from ideas.papers.loading import meeting_record
from ideas.sitting import Sitting
from papers.documents import freeze
from papers.documents.layout import laid_out, lines_of

from . import builders


def held(ward, *initiatives, absent=(), reasons=None, votes_for=6, conclusion="recognise"):
    """A meeting through its own door: opened, roll, an open vote on each item, closed."""
    meeting = meetings.plan_meeting(
        ward.thuky,
        ward.appointment,
        starts_at=timezone.now(),
        place="Phòng họp tầng 2",
        initiatives=list(initiatives),
    )

    def at():
        return {"base_version": Meeting.objects.get(pk=meeting.pk).edit_version}

    meetings.open_meeting(ward.thuky, meeting, **at())
    seats = {seat.staff.user.username: seat.pk for seat in ward.appointment.seats.all()}
    present = {pk: name not in absent for name, pk in seats.items()}
    why = {seats[name]: reason for name, reason in (reasons or {}).items()}
    meetings.take_roll(ward.thuky, meeting, present, why, **at())
    for item in meeting.items.all():
        item.meeting = Meeting.objects.get(pk=meeting.pk)
        meetings.choose_mode(ward.thuky, item, "open", **at())
        item.meeting = Meeting.objects.get(pk=meeting.pk)
        able = list(Sitting(item.meeting).able(builders.fresh(item.initiative)))
        cast = {pk: place < votes_for for place, pk in enumerate(able)}
        meetings.record_open_vote(ward.thuky, item, cast, conclusion, **at())
    meetings.close_meeting(ward.thuky, meeting, "Hội đồng thống nhất.\nĐề nghị công nhận.", **at())
    return Meeting.objects.select_related("appointment", "presided_by").get(pk=meeting.pk)


def quick(ward, *initiatives, seats=7, needed=5, votes_for=6, mode="open", state="closed"):
    """A meeting written down as it stood afterwards, for what needs no door."""
    now = timezone.now()
    meeting = Meeting.objects.create(
        appointment=ward.appointment,
        number=Meeting.objects.count() + 1,
        starts_at=now - timedelta(hours=2),
        place="Phòng họp tầng 2",
        state=state,
        presided_by=ward.chutich.staff,
        opened_at=now - timedelta(hours=2),
        closed_at=now if state == "closed" else None,
        conclusion="Hội đồng thống nhất.",
    )
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=meeting, seat=seat, is_present=seat.is_voting)
        for seat in ward.appointment.seats.all()
    )
    secret = mode == "secret"
    for order, initiative in enumerate(initiatives):
        AgendaItem.objects.create(
            meeting=meeting,
            initiative=initiative,
            evaluation_number=initiative.evaluation_number,
            order=order,
            mode=mode,
            seats=seats,
            needed=needed,
            had_quorum=True,
            votes_for=votes_for,
            votes_against=seats - votes_for - (1 if secret else 0),
            **({"issued": seats, "returned": seats, "valid": seats - 1, "invalid": 1} if secret else {}),
            conclusion="recognise" if votes_for >= needed else "decline",
            recorded_at=now,
        )
    return meeting


def record(meeting):
    return meeting_record(Meeting.objects.select_related("appointment", "presided_by").get(pk=meeting.pk))


def texts(document):
    """Every line of a draft, joined."""
    return "\n".join(lines_of(laid_out(freeze(document).data)))


def many_authors(initiative, count):
    Author.objects.bulk_create(
        Author(
            initiative=initiative,
            order=number,
            full_name=f"Nguyễn Thị Ngọc Quỳnh {number}",
            workplace="Trung tâm Phục vụ hành chính công",
            job_title="Viên chức",
            share="0.01",
        )
        for number in range(1, count + 1)
    )
    return builders.fresh(initiative)


def retitled(initiative, title):
    Initiative.objects.filter(pk=initiative.pk).update(title=title)
    return builders.fresh(initiative)
