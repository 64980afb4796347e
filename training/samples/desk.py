"""What all sample stories share: the people by the number of their code, where they served, the calendar."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from obligations.terms import working_day_by
from people.models import ServiceSpell, Staff, UnitAssignment, User
from people.samples.calendar import Calendar, at
from people.samples.crowd import told_codes


@dataclass(frozen=True)
class Step:
    """Something done through a door at `moment`."""

    moment: datetime
    take: object  # take(moment)


class Desk:
    """`courses`: {code: course} of the years told."""

    def __init__(self, now, courses):
        self.now, self.courses = now, courses
        self.today = timezone.localdate(now)
        self.calendar = Calendar(self.today)
        people = Staff.objects.filter(is_sample=True, staff_code__in=told_codes()).select_related("user")
        self.people = {int(person.staff_code.split("-")[1]): person for person in people}
        self.officer = User.objects.select_related("staff").get(username="daotao")
        self.personnel = User.objects.select_related("staff").get(username="nhansu")
        self._spells, self._places = defaultdict(list), defaultdict(list)
        keys = [person.pk for person in self.people.values()]
        for row in ServiceSpell.objects.filter(staff__in=keys):
            self._spells[row.staff_id].append(row)
        for row in UnitAssignment.objects.filter(staff__in=keys, is_primary=True).select_related("unit"):
            self._places[row.staff_id].append(row)

    def day(self, told, *, exactly=False):
        """A day as the data tells it, moved back to a working day."""
        day = self.calendar.dated(told)
        return day if exactly else working_day_by(day)

    def moment(self, told, hour=9):
        return at(self.day(told), hour)

    def course(self, pattern, year):
        """None for a year whose catalogue isn't made yet."""
        return self.courses.get(pattern.format(year=year))

    def serves(self, number, day):
        return any(spell.contains(day) for spell in self._spells[self.people[number].pk])

    def of_units(self, codes, day):
        """Numbers of those in service whose primary unit on `day` is among `codes`."""
        return [
            number
            for number, person in sorted(self.people.items())
            if self.serves(number, day)
            and any(place.contains(day) and place.unit.code in codes for place in self._places[person.pk])
        ]

    def keys(self, numbers):
        return [self.people[number].pk for number in numbers]


def clock(text):
    return time.fromisoformat(text)


def place_of(entry):
    """Room and form of a session."""
    if entry.get("place") == "online":
        return {"place": "Trực tuyến", "mode": "online", "presenter": "Công an thành phố"}
    return {"place": "Hội trường tầng 3", "mode": "in_person", "presenter": "Sở Khoa học và Công nghệ"}


def before(day, days):
    """Eight in the morning of the working day `days` before."""
    return at(working_day_by(day - timedelta(days=days)), 8)
