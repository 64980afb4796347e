"""When sample things happened: working days counted back from the day of loading."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from obligations.terms import next_working_day, working_day_by


@dataclass(frozen=True)
class Calendar:
    """Days before `today`; negative ones lie ahead. Past days move back to a working day, so that their order
    stays and nothing happens in the future."""

    today: date

    def day(self, days_ago):
        shifted = self.today - timedelta(days=days_ago)
        return working_day_by(shifted) if days_ago >= 0 else next_working_day(shifted)

    def dated(self, told):
        """ "-1/12-20" is 20/12 of the year before, 12 is twelve days ago to the day; None stays None."""
        if told is None:
            return None
        if isinstance(told, int):
            return self.today - timedelta(days=told)
        years, day = told.split("/")
        return date.fromisoformat(f"{self.today.year + int(years)}-{day}")

    def moment(self, days_ago, hour=8, minute=0):
        return at(self.day(days_ago), hour, minute)


def at(day, hour, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
