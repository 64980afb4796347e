"""One clock for the portal: who owes what by when, what was recalled, and the days nobody works."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .stages import NOTHING_ANNOUNCED, Stage, last_day


class Heartbeat(models.Model):
    """When a process last said that it works; `/healthz` reads the worker's."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "heartbeat"

    def __str__(self):
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M:%S}"


class OwnerKind(models.TextChoices):
    """Whose key `owner` is."""

    PERSON = "person", _("person")  # the account's primary key
    UNIT = "unit", _("unit")  # the unit's code
    CAPACITY = "capacity", _("capacity")  # a stable code: whoever acts in it that day


class ObligationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("obligation", "open")
    DONE = "done", pgettext_lazy("obligation", "done")
    CANCELLED = "cancelled", pgettext_lazy("obligation", "cancelled")


class ObligationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=ObligationState.OPEN)

    def owed_by(self, *owners):
        """Of any of these `ledger.Owner`s; nothing for nobody."""
        wanted = Q(pk__in=[])
        for kind in {owner.kind for owner in owners}:
            wanted |= Q(owner_kind=kind, owner__in=[owner.key for owner in owners if owner.kind == kind])
        return self.filter(wanted)


class Obligation(models.Model):
    """One thing one owner owes by a day. Written through `ledger` alone.

    `version` rises when the day moves or the obligation begins anew: each version is recalled afresh, from
    `version_on` on. `look_at` is when the clock must look next; none once it is closed or all was said.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)  # a stable key, e.g. "session:KNS-2026-04"
    owner_kind = models.CharField(max_length=8, choices=OwnerKind.choices)
    owner = models.CharField(max_length=60)
    due_on = models.DateField()
    fixed = models.BooleanField(default=True)  # a date, not the end of a term: see `stages.last_day`
    code = models.CharField(max_length=60, blank=True)  # the record's code as people read it
    link = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)  # further values for the kind's title: no names, no reasons
    state = models.CharField(max_length=9, choices=ObligationState.choices, default=ObligationState.OPEN)
    rests = models.BooleanField(default=False)  # as last asked by the clock, nothing is owed for now
    version = models.PositiveIntegerField(default=1)
    version_on = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    look_at = models.DateTimeField(null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "owner_kind", "owner"], name="one_obligation_of_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state__in=["done", "cancelled"], closed_at__isnull=False),
                name="obligation_closed_or_open",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "look_at"], condition=Q(state="open"), name="obligation_look_idx"),
            models.Index(
                fields=["owner_kind", "owner", "due_on"],
                condition=Q(state="open"),
                name="obligation_owner_idx",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject} {self.owner_kind}:{self.owner}, {self.due_on:%d/%m/%Y}"

    def last_day(self, announced=NOTHING_ANNOUNCED):
        """The last day to act, that reminders and pages name."""
        return last_day(self.due_on, fixed=self.fixed, announced=announced)


class Outcome(models.TextChoices):
    SENT = "sent", pgettext_lazy("reminder", "sent")
    FAILED = "failed", pgettext_lazy("reminder", "failed")
    SKIPPED = "skipped", pgettext_lazy("reminder", "skipped")


class Skipped(models.TextChoices):
    """Why a reminder was not to be sent."""

    PASSED = "passed", _("its day passed while the worker stood still")
    BEGAN_LATER = "began_later", _("its day had passed when the term began")
    NOT_OWED = "not_owed", _("nothing was owed any more")
    NOBODY = "nobody", _("there was nobody to tell")


class Reminder(models.Model):
    """What became of one stage of one version of an obligation."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders")
    version = models.PositiveIntegerField()
    stage = models.CharField(max_length=7, choices=Stage.choices)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    skipped_why = models.CharField(max_length=11, choices=Skipped.choices, blank=True)
    told = models.CharField(max_length=30, blank=True)  # the superior's code; empty: whoever owes it
    error = models.CharField(max_length=500, blank=True)  # of the last attempt
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("obligation", "reminder")
        verbose_name_plural = pgettext_lazy("obligation", "reminders")
        constraints = [
            models.UniqueConstraint(fields=["obligation", "version", "stage"], name="one_reminder_a_stage"),
        ]
        indexes = [models.Index(fields=["outcome", "-id"], name="reminder_outcome_idx")]

    def __str__(self):
        return f"{self.obligation_id} v{self.version} {self.stage}: {self.outcome}"


class DutyFigure(models.Model):
    """How much waits for an account, as last counted: what every page says beside the bell (`figures`)."""

    account = models.PositiveBigIntegerField(primary_key=True)  # this app stands left of `people`
    waiting = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    next_due = models.DateField(null=True, blank=True)
    counted_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "duty figure"

    def __str__(self):
        return f"{self.account}: {self.waiting}"


class DayOffQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at__isnull=True)


class DayOff(models.Model):
    """A day the Government or the ward announced: off, or worked to make up for one; see `days_off`.

    A withdrawn day stays as a record: terms were reckoned with it.
    """

    day = models.DateField(_("day"))
    works = models.BooleanField(
        _("what is announced"),
        default=False,
        choices=[(False, _("A day off")), (True, _("A working day, to make up"))],
    )
    note = models.CharField(_("announced by"), max_length=200)
    recorded_by = models.CharField(max_length=150)  # the name as a value: it outlives the account
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DayOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("announced day")
        verbose_name_plural = _("announced days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(withdrawn_at__isnull=True), name="one_announcement_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}"
