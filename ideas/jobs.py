"""What the worker does for initiatives by itself."""

from django.utils import timezone

from obligations.clock import every

from .application.blank_forms import forget_expired
from .benefits.owing import begin_missing as begin_missing_measurements
from .owing import begin_missing
from .vacancies import pass_on_vacated_seats
from .workflow import expire_overdue


@every(seconds=300, name="ideas.expire")
def expire(now):
    """Supplements not completed in time expire; a stopped worker catches up at its next run."""
    expire_overdue(now)


@every(seconds=300, name="ideas.vacated_seats")
def vacated_seats(now):
    """Unsent sheets of members who left pass to a successor or an alternate."""
    pass_on_vacated_seats(now)


@every(seconds=3600, name="ideas.owing")
def owing(now):
    """What dossiers owe stands in the table, also for those no step of the workflow made."""
    begin_missing(now)
    begin_missing_measurements(now)


@every(seconds=24 * 3600, name="ideas.blank_forms")
def blank_forms(now):
    """Printed forms nobody handed in are forgotten once they expired."""
    forget_expired(timezone.localdate(now))
