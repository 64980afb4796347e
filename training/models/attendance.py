"""Who was there. Events are written once; the attendance row is what they amount to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Staff
from trust.append_only import AppendOnly

from .sessions import Session


class Status(models.TextChoices):
    PRESENT = "present", _("present")
    LATE = "late", _("late")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


COUNTED = (Status.PRESENT, Status.LATE)  # who was there
_THERE = Q(status__in=list(COUNTED))


class AttendanceEvent(AppendOnly):
    """Somebody said that a person was there, or was not. `key` makes a repeated send harmless.

    An empty `status` takes back what was said before; `minutes` None means the session's.
    A scan by somebody off the list waits for the organiser: it is kept, and projects to nothing.
    """

    class Source(models.TextChoices):
        SCAN = "scan", _("scanned the code")
        SCAN_OFF_LIST = "scan_off_list", _("scanned the code, not on the list")
        ROLL = "roll", _("marked by the organiser")
        IMPORT = "import", _("read from a file")
        REVERT = "revert", _("import taken back")

    key = models.CharField(max_length=120, unique=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance_events")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="attendance_events")
    status = models.CharField(max_length=8, choices=Status.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=13, choices=Source.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    by_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("attendance event")
        indexes = [models.Index(fields=["session", "staff"], name="training_event_idx")]


class Attendance(models.Model):
    """What the events about one person in one session amount to (`training.attendance.fold`).

    `session_minutes` repeats the session's credit so that the database itself can hold `minutes` to it.
    """

    session = models.ForeignKey(Session, models.PROTECT, db_index=False, related_name="attendances")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="attendances")
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    session_minutes = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["session", "staff"], name="training_attendance_key"),
            models.CheckConstraint(
                condition=Q(minutes__lte=F("session_minutes")), name="training_attendance_minutes"
            ),
        ]
        # The coverage of a city starts from its sessions, that of a ward from its people; both read whoever
        # was there, and nothing but these.
        indexes = [
            models.Index(fields=["session", "staff", "minutes"], condition=_THERE, name="training_there_idx"),
            models.Index(
                fields=["staff", "session", "minutes"], condition=_THERE, name="training_attended_idx"
            ),
        ]
