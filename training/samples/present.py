"""Sessions of these days, step by step through their doors: one today, one to confirm, some ahead."""

from datetime import timedelta

from obligations.terms import next_working_day, working_day_by
from people.samples.calendar import at
from training import editing, enrolment, roll, workflow
from training.models import Session
from training.models.sessions import minutes_between

from .courses import read
from .desk import Step, clock, place_of

_ARRANGED_BEFORE = (21, 18, 14, 10)  # days: planned, opened, called up, enrolled


def steps(desk):
    for entry in read("sessions")["now"]:
        day = _day(desk, entry["ahead"])
        if desk.course(entry["course"], day.year):
            yield from _Story(desk, entry, day).steps()


def _day(desk, ahead):
    day = desk.today + timedelta(days=ahead)
    if ahead == 0:
        return day
    return next_working_day(day) if ahead > 0 else working_day_by(day)


class _Story:
    """One session; its code is given when it is planned."""

    def __init__(self, desk, entry, day):
        self.desk, self.entry, self.day, self.code = desk, entry, day, ""
        # Everything is arranged before today, in order; the last of it a week ago.
        first = min(day, desk.today)
        self.arranged = [
            at(working_day_by(first - timedelta(days=ago)), 8 + nth)
            for nth, ago in enumerate((21, 18, 14, 10))
        ]

    def steps(self):
        entry, arranged = self.entry, self.arranged
        yield Step(arranged[0], self._plan)
        if "planned" in entry:
            return
        yield Step(arranged[1], lambda moment: self._move("open", moment))
        if "called" in entry:
            yield Step(arranged[2], self._call_up)
        for nth, number in enumerate(entry.get("enrolled", ())):
            yield Step(arranged[3] + timedelta(minutes=nth), self._enrol(number))
        if "held" in entry:
            yield Step(at(self.day, 8), lambda moment: self._move("hold", moment))
            yield Step(at(self.day, 11), self._mark)
        if "cancelled" in entry:
            yield Step(arranged[3], lambda moment: self._move("cancel", moment, reason=entry["cancelled"]))

    @property
    def session(self):
        return Session.objects.get(code=self.code)

    def _plan(self, moment):
        course = self.desk.course(self.entry["course"], self.day.year)
        begins, ends = map(clock, self.entry["hours"])
        values = {
            "course": course,
            "held_on": self.day,
            "starts_at": begins,
            "ends_at": ends,
            "credit_minutes": minutes_between(begins, ends),
            "capacity": self.entry.get("capacity"),
            "organiser": self.desk.officer,
            "is_sample": True,
            **place_of(self.entry),
        }
        self.code = editing.next_session_code(course)
        editing.create(self.code, values, self.desk.officer, now=moment)

    def _move(self, step, moment, **data):
        workflow.move(self.session, step, self.desk.officer, now=moment, **data)

    def _call_up(self, moment):
        serving = [n for n in self.entry["called"] if self.desk.serves(n, self.desk.calendar.dated(14))]
        enrolment.call_up(self.session, self.desk.keys(serving), self.desk.officer, now=moment)

    def _enrol(self, number):
        user = self.desk.people[number].user
        return lambda moment: enrolment.enrol(self.session, user, now=moment)

    def _mark(self, moment):
        statuses = {
            key: status for status, numbers in self.entry["held"].items() for key in self.desk.keys(numbers)
        }
        roll.mark(self.session, statuses, self.desk.officer, now=moment)
