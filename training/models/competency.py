"""What somebody can do: a framework as data, evidence that is only added to, self-assessment beside it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Position, Staff
from trust.append_only import AppendOnly


class Framework(models.Model):
    """A framework of competencies with its source, e.g. QĐ 757/QĐ-BKHCN with NĐ 224/2026 Điều 77."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    is_current = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("competency framework")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="training_one_current_framework"
            )
        ]

    def __str__(self):
        return self.name


class Level(models.Model):
    """A step of the scale: 1 is the lowest."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="levels")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("what it means"), blank=True)

    class Meta:
        verbose_name = _("level")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="training_level_key")]


class Area(models.Model):
    """A group of competencies; `topic` is its number among the seven of TOPICS."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="areas")
    topic = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("area")
        ordering = ["topic"]
        constraints = [models.UniqueConstraint(fields=["framework", "topic"], name="training_area_key")]

    def __str__(self):
        return self.name


class Competency(models.Model):
    """One competency of an area, as the framework words it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="competencies")
    code = models.CharField(max_length=10)
    name = models.CharField(_("name"), max_length=300)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("competency")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="training_competency_key")]


class CompetencyEvidence(AppendOnly):
    """Something that shows a level in an area: an attended course, a certificate, a test. Never changed;
    what turns out wrong is answered by a row that withdraws it."""

    class Kind(models.TextChoices):
        COURSE = "course", _("course attended")
        OUTSIDE = "outside", _("course elsewhere")
        TEST = "test", _("test passed")
        WORK = "work", _("shown at work")
        WITHDRAWN = "withdrawn", _("evidence withdrawn")

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="evidence")
    area = models.ForeignKey(Area, models.PROTECT, related_name="evidence")
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    source = models.CharField(max_length=200)  # a session's code; number and day of a certificate
    take = models.PositiveSmallIntegerField(default=1)  # 2, 3…: given again after a withdrawal
    shown_on = models.DateField()
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="withdrawal")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("evidence of a competency")
        ordering = ["shown_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "area", "kind", "source", "take"],
                condition=~Q(kind="withdrawn"),
                name="training_evidence_key",
            )
        ]


class SelfAssessment(AppendOnly):
    """What a person thinks of themselves. Beside the evidence, never mixed with it; the latest counts."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="self_assessments")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("self-assessment")
        ordering = ["at", "pk"]


class PositionTarget(models.Model):
    """The level a position needs in an area; no row: none is needed."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="targets")
    level = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("level a position needs")
        constraints = [models.UniqueConstraint(fields=["position", "area"], name="training_target_key")]
