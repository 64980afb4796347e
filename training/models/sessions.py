"""Sessions, who is called to them, and the papers of the room."""

from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from people.models import Staff
from trust.append_only import AppendOnly
from trust.storage import private_storage, private_upload_to

from ..lifecycle import Lifecycle, SessionState
from .catalogue import Course, Mode


def minutes_between(start: time, end: time) -> int:
    """Whole minutes from `start` to `end` of one day; negative when `end` is earlier."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute


class SessionQuerySet(models.QuerySet):
    def locked(self, pk):
        """The session with its row locked, inside atomic(): seats and marks are counted one after another."""
        return self.select_for_update(of=("self",)).select_related("course").get(pk=pk)


class Session(Lifecycle, models.Model):
    """One meeting of a course. Day and times are local and stored as such: nothing is derived from UTC.

    `credit_minutes` is what being there counts, at most the length of the session. A session ends on the
    day it began.
    """

    code = models.CharField(_("code"), max_length=30, unique=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("course"))
    held_on = models.DateField(_("day"), db_index=True)
    starts_at = models.TimeField(_("begins"))
    ends_at = models.TimeField(_("ends"))
    credit_minutes = models.PositiveSmallIntegerField(_("minutes that count"))
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)  # None: no limit
    state = FSMField(_("state"), default=SessionState.DRAFT, choices=SessionState.choices, protected=True)
    state_since = models.DateTimeField(null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    presenter = models.CharField(_("presenter"), max_length=200, blank=True)
    mode = models.CharField(_("form"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    note = models.TextField(_("what to bring or know"), blank=True)
    is_public = models.BooleanField(_("on the public calendar"), default=True)
    head_count = models.PositiveIntegerField(_("people counted in the room"), null=True, blank=True)
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organiser"),
    )
    is_sample = models.BooleanField(default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        ordering = ["-held_on", "-starts_at", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(credit_minutes__gt=0), name="training_session_credit"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="training_session_times"),
        ]
        indexes = [models.Index(fields=["state", "held_on"], name="training_session_state_idx")]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("training:session", args=[self.code])

    def refresh_from_db(self, using=None, fields=None, **kwargs):
        # A protected field may be set when it is absent; django_fsm's own mixin isn't thread-safe.
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using=using, fields=fields, **kwargs)

    @property
    def length(self):
        """Minutes from begin to end."""
        return minutes_between(self.starts_at, self.ends_at)

    @property
    def begins(self) -> datetime:
        """The moment it begins, aware."""
        return timezone.make_aware(datetime.combine(self.held_on, self.starts_at))

    @property
    def ends(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.held_on, self.ends_at))

    def has_begun(self, now) -> bool:
        return now >= self.begins


class SessionHistory(AppendOnly):
    """One step of a session, or something done to it outside its steps (a late mark, a lost seat)."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="history")
    at = models.DateTimeField(db_index=True)
    transition = models.CharField(max_length=40)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("session history")
        ordering = ["at", "pk"]


class Enrolment(models.Model):
    """A seat asked for or given. First come, first served; on the waiting list MISSING people go first."""

    class State(models.TextChoices):
        INVITED = "invited", _("called up")
        ENROLLED = "enrolled", _("enrolled")
        WAITLISTED = "waitlisted", _("waiting for a seat")
        CANCELLED = "cancelled", _("cancelled")

    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="enrolments")
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    asked_at = models.DateTimeField()  # its place in the queue
    changed_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("enrolment")
        constraints = [models.UniqueConstraint(fields=["session", "staff"], name="training_enrolment_key")]
        indexes = [models.Index(fields=["staff", "state"], name="training_enrolment_staff_idx")]


class SheetScan(models.Model):
    """The scan of the signed sheet: the master record of who was there (training.md §4)."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="sheet_scans")
    file = models.FileField(
        storage=private_storage, upload_to=private_upload_to("attendance-sheets"), max_length=200
    )
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("signed attendance sheet")
        ordering = ["at", "pk"]
