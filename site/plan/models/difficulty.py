"""Difficulties (khó khăn, vướng mắc) and what is proposed: raised by units and residents, answered by the
unit they are handed to, checked and published by the coordinator."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Unit

from ..difficulties.access import DifficultyQuerySet
from .parts import Line
from .report import ReportVersion
from .target import Target
from .task import Task


class Origin(models.TextChoices):
    UNIT = "unit", pgettext_lazy("difficulty", "a unit")
    REPORT = "report", pgettext_lazy("difficulty", "a unit's report")
    RESIDENT = "resident", pgettext_lazy("difficulty", "a resident")


class DifficultyState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("difficulty", "received")
    ASSIGNED = "assigned", pgettext_lazy("difficulty", "with a unit")
    TO_CHECK = "to_check", pgettext_lazy("difficulty", "answer to be checked")
    PUBLISHED = "published", pgettext_lazy("difficulty", "answered and published")
    CLOSED = "closed", pgettext_lazy("difficulty", "closed")


class DifficultyClosed(models.TextChoices):
    """Why nothing is published."""

    ANSWERED = "answered", pgettext_lazy("difficulty", "answered, the answer is not for everybody")
    DUPLICATE = "duplicate", pgettext_lazy("difficulty", "raised before")
    NOT_OURS = "not_ours", pgettext_lazy("difficulty", "another body's matter")
    PROCEDURE = "procedure", pgettext_lazy("difficulty", "an administrative procedure: the national portal")
    EMPTY = "empty", pgettext_lazy("difficulty", "nothing in it that can be answered")


class DifficultyNumber(models.Model):
    """The last number given in a year; taken under the row's lock, so that no number is given twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    @classmethod
    def take(cls, year):
        """VM-2026-001. Inside the transaction that uses it: no gap after a rollback."""
        cls.objects.get_or_create(year=year)
        row = cls.objects.select_for_update().get(year=year)
        row.last += 1
        row.save(update_fields=["last"])
        return f"VM-{year}-{row.last:03d}"


class Difficulty(models.Model):
    """A difficulty as it was raised, its way through the ward, its answer.

    Names of units and people are values beside links. Name and address of a resident are not here: see
    `DifficultyContact`. `code` (80 random bits) opens a resident's page and stands nowhere else.
    """

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    origin = models.CharField(_("from"), max_length=10, choices=Origin.choices)
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("raised by the unit")
    )
    from_unit_name = models.CharField(max_length=200, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    raised_by_name = models.CharField(max_length=200, blank=True)
    report_version = models.ForeignKey(
        ReportVersion, models.PROTECT, null=True, blank=True, related_name="difficulties"
    )
    # One difficulty of one report, whatever version it stands in: taken over once.
    report_key = models.CharField(max_length=90, unique=True, null=True, editable=False)  # noqa: DJ001
    code = models.CharField(  # noqa: DJ001  unique where there is one
        _("tracking code"), max_length=16, unique=True, null=True, editable=False
    )
    form_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    text_key = models.CharField(max_length=64, db_index=True, blank=True, editable=False)

    text = models.TextField(_("what is difficult"))
    proposal = models.TextField(_("what is proposed"), blank=True)
    place = models.CharField(_("where"), max_length=250, blank=True)
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("target")
    )
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("plan", "task"),
    )
    received_at = models.DateTimeField(_("received at"), db_index=True)
    answer_due_on = models.DateField(_("answer due"))
    due_is_set = models.BooleanField(default=False)  # by a coordinator: days off do not move it
    is_sample = models.BooleanField(default=False)

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DifficultyState.choices,
        default=DifficultyState.RECEIVED,
        db_index=True,
    )
    state_since = models.DateTimeField()
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that answers")
    )
    unit_name = models.CharField(max_length=200, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    close_reason = models.CharField(
        _("why closed"), max_length=10, choices=DifficultyClosed.choices, blank=True
    )
    pointed_to = models.CharField(_("whose matter it is"), max_length=250, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("raised before"),
    )

    # What everybody reads, in the ward's words: what was raised may name people.
    public_title = models.CharField(_("title for the public list"), max_length=200, blank=True)
    public_text = models.TextField(_("the difficulty as everybody reads it"), blank=True)
    public_answer = models.TextField(_("the answer as everybody reads it"), blank=True)
    public_name = models.CharField(_("name shown"), max_length=120, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = DifficultyQuerySet.as_manager()

    class Meta:
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | (~Q(public_title="") & ~Q(public_text="") & ~Q(public_answer="") & ~Q(answer="")),
                name="plan_published_difficulty_is_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="assigned") | Q(unit__isnull=False),
                name="plan_assigned_difficulty_has_unit",
            ),
        ]
        indexes = [models.Index(fields=["state", "answer_due_on"], name="plan_difficulty_due_idx")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        """Its page inside; what the public reads has `difficulties.published.address_of`."""
        return f"/ke-hoach/dieu-hanh/vuong-mac/{self.number}/"

    @property
    def subject(self):
        """Under which key its consents and obligations are kept."""
        return f"difficulty:{self.pk}"

    @property
    def about(self):
        """The target or task it is about, in the plan's words; empty where it is about neither."""
        return str(self.target or self.task or "")


class DifficultyContact(models.Model):
    """How a resident can be told or named: apart, so that no list loads it by the way, and erased when the
    consent is withdrawn or the time told in it is over."""

    difficulty = models.OneToOneField(Difficulty, models.CASCADE, primary_key=True, related_name="contact")
    name = models.CharField(_("full name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("contact of a resident")


class DifficultyEntry(Line):
    """One step of a difficulty; without an actor where a resident or the clock did it."""

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="entries")

    class Meta(Line.Meta):
        verbose_name = _("step of a difficulty")
