"""Sessions of the years before: rows as the doors would have left them, marks through `attendance.record`."""

from collections import Counter

from people.samples.calendar import at
from training.attendance import record
from training.competency import evidence
from training.models import (
    AttendanceEvent,
    Enrolment,
    Requirement,
    RequirementYear,
    Session,
    SessionHistory,
    SessionState,
)
from training.models.sessions import minutes_between

from .courses import read
from .desk import before, clock, place_of

_Source = AttendanceEvent.Source
_STEPS = {
    SessionState.CONFIRMED: ("create", "open", "hold", "confirm"),
    SessionState.CANCELLED: ("create", "open", "hold", "cancel"),
    SessionState.DRAFT: ("create",),
}
_LEADS_TO = {"create": "draft", "open": "open", "hold": "held", "confirm": "confirmed", "cancel": "cancelled"}


def make_policies(desk):
    for told in read("sessions")["policies"]:
        requirement = Requirement.objects.get(code=told["requirement"])
        RequirementYear.objects.create(
            requirement=requirement,
            year=desk.today.year + told["year"],
            categories=requirement.categories,
            min_minutes=told["min_minutes"],
        )


def hold_sessions(desk) -> list[Session]:
    """Everything the data tells of that lies before today."""
    told = [(entry, desk.day(entry["on"], exactly="exactly" in entry)) for entry in read("sessions")["past"]]
    told = [(entry, day) for entry, day in told if day < desk.today]
    numbers = Counter()
    sessions = Session.objects.bulk_create(_session(desk, entry, day, numbers) for entry, day in told)
    enrolments, events, history = [], [], []
    for session, (entry, day) in zip(sessions, told, strict=True):
        marks = _marks(desk, entry, day)
        if session.state != SessionState.DRAFT:
            enrolments += _seats(desk, session, marks)
        events += _events(desk, session, marks, entry)
        history += _history(desk, session, entry.get("reason", ""))
    Enrolment.objects.bulk_create(enrolments)
    SessionHistory.objects.bulk_create(history)
    minutes = {session.pk: session.credit_minutes for session in sessions}
    record(minutes, events)
    # The same file once more, the same tick sent again: nothing changes.
    record(minutes, [event for event in events if event.source == _Source.IMPORT])
    for session in sessions:
        if session.state == SessionState.CONFIRMED:
            evidence.from_session(session, desk.officer, now=session.state_since)
    return sessions


def _session(desk, entry, day, numbers):
    course = desk.course(entry["course"], day.year)
    numbers[course.code] += 1
    begins, ends = map(clock, entry["hours"])
    return Session(
        code=f"{course.code}-{numbers[course.code]:02d}",
        course=course,
        held_on=day,
        starts_at=begins,
        ends_at=ends,
        credit_minutes=minutes_between(begins, ends),
        state=entry.get("state", SessionState.CONFIRMED),
        state_since=at(day, 17),
        note=entry.get("note", ""),
        organiser=desk.officer,
        is_sample=True,
        **place_of(entry),
    )


def _marks(desk, entry, day):
    """{number: status}"""
    there = [*desk.of_units(entry.get("units", ()), day), *entry.get("people", ())]
    found = {
        number: "present"
        for number in there
        if number not in entry.get("not", ()) and desk.serves(number, day)
    }
    for status in ("late", "excused", "absent"):
        found |= {number: status for number in entry.get(status, ()) if number in found}
    return found


def _seats(desk, session, marks):
    asked = before(session.held_on, 7)
    return [
        Enrolment(
            session=session,
            staff_id=key,
            state=Enrolment.State.ENROLLED,
            asked_at=asked,
            changed_at=asked,
            by=desk.officer,
        )
        for key in desk.keys(marks)
    ]


def _events(desk, session, marks, entry):
    source = entry.get("source", _Source.ROLL)
    for number, status in marks.items():
        said = ["absent", status] if number in entry.get("twice", ()) else [status]
        for nth, status_said in enumerate(said):
            key = desk.people[number].pk
            yield AttendanceEvent(
                key=f"{source}:{session.pk}:{key}:{nth:05d}",
                session=session,
                staff_id=key,
                status=status_said,
                source=source,
                at=at(session.held_on, session.ends_at.hour, nth),
                by=desk.officer,
                by_name=desk.officer.display_name,
            )


def _history(desk, session, reason):
    state = SessionState.DRAFT
    moments = {
        "create": before(session.held_on, 30),
        "open": before(session.held_on, 28),
        "hold": session.begins,
        "confirm": at(session.held_on, 17),
        "cancel": at(session.held_on, 17),
    }
    for step in _STEPS[session.state]:
        former, state = state, _LEADS_TO[step]
        yield SessionHistory(
            session=session,
            at=moments[step],
            transition=step,
            from_state=former,
            to_state=state,
            user=desk.officer,
            actor_name=desk.officer.display_name,
            actor_code=desk.officer.staff.staff_code,
            reason=reason if step == "cancel" else "",
        )
