"""What `load_samples` makes of training."""

from django.utils import timezone

from training.models import Attendance, Session

from . import bulk, story
from .courses import make_courses

YEARS_TOLD = 3  # of the people described one by one, this one included


def load_training(size, now):
    """Courses, sessions, attendance. `{what: how many}`; part of the samples' transaction."""
    today = timezone.localdate(now)
    first = min(today.year - YEARS_TOLD + 1, bulk.first_year(today, size.years))
    courses = make_courses(range(first, today.year + 1), today.year)
    bulk.load_more(size, now, courses)
    story.tell(now, courses)  # after the crowd: its freezes speak of everybody
    return {
        "courses": len(courses),
        "sessions": Session.objects.count(),
        "attendance": Attendance.objects.count(),
    }
