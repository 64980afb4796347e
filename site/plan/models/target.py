"""Targets (chỉ tiêu) of part II and those found in part V: what is to be reached, by whom, and what was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Unit
from trust.append_only import AppendOnly
from trust.storage import private_storage, private_upload_to

from .parts import Part, UnitPart

__all__ = ["Part"]
_NUMBER = {"max_digits": 20, "decimal_places": 4}


class TargetGroup(models.Model):
    """A heading of part II.2 (a to e), and part V."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    section = models.CharField(_("section of the plan"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("group of targets")
        ordering = ["order"]

    def __str__(self):
        return self.name


class Frequency(models.TextChoices):
    """When the plan asks for it."""

    BY_DUE_YEAR = "once_by_due_year", _("by its year")
    YEARLY = "yearly", _("every year")
    CONTINUOUS = "continuous", _("at all times")
    ONCE = "once", _("once")


class Target(models.Model):
    """One target, in the plan's own words."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    group = models.ForeignKey(
        TargetGroup, models.PROTECT, related_name="targets", verbose_name=pgettext_lazy("plan", "group")
    )
    section = models.CharField(_("section of the plan"), max_length=20)
    text = models.TextField(_("target"))
    frequency = models.CharField(_("frequency"), max_length=20, choices=Frequency.choices)
    due_year = models.PositiveSmallIntegerField(_("due year"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    units = models.ManyToManyField(Unit, through="TargetUnit", related_name="+")

    class Meta:
        verbose_name = _("target")
        ordering = ["order"]

    def __str__(self):
        return f"{self.code} {self.text}"


class TargetUnit(UnitPart):
    """Who leads a target and reports its figure, and who co-operates. A ward's figure is the sum over those
    who lead (`targets.query` says what becomes of the figure of one that led): numerators and denominators
    are added, never percentages."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="parts")

    class Meta(UnitPart.Meta):
        verbose_name = _("unit of a target")
        constraints = [models.UniqueConstraint(fields=["target", "unit"], name="plan_target_unit_once")]


class Comparator(models.TextChoices):
    ABOVE = ">", _("above")
    AT_LEAST = ">=", _("at least")
    AT_MOST = "<=", _("at most")


class TargetDefinition(AppendOnly):
    """What exactly is counted, from when on. A new definition is a new row: values keep the one they were
    measured by."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="definitions")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    in_force_on = models.DateField(_("in force from"))
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    is_measurable = models.BooleanField(_("has a number"), default=True)
    numerator = models.CharField(_("what is counted"), max_length=300, blank=True)
    denominator = models.CharField(_("out of"), max_length=300, blank=True)  # empty: a count, no percentage
    source = models.CharField(_("where the figures come from"), max_length=300, blank=True)
    comparator = models.CharField(_("to be"), max_length=2, choices=Comparator.choices, blank=True)
    goal = models.DecimalField(_("goal"), null=True, blank=True, **_NUMBER)
    goal_upper = models.DecimalField(_("goal, upper bound"), null=True, blank=True, **_NUMBER)
    measured_in = models.CharField(_("unit of measure"), max_length=40, blank=True)
    is_suggested = models.BooleanField(_("a suggestion, not confirmed"), default=False)
    reason = models.TextField(_("why it was changed"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("definition of a target")
        ordering = ["target", "version"]
        constraints = [models.UniqueConstraint(fields=["target", "version"], name="plan_definition_version")]

    @property
    def is_share(self):
        """Whether it is a percentage: a numerator out of a denominator."""
        return self.measured_in == "%"


class ExpectedValue(models.Model):
    """What is expected of a target by the end of a year, on the way to its goal."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="expected")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("expected"), **_NUMBER)

    class Meta:
        verbose_name = _("expected value")
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["target", "year"], name="plan_expected_once_a_year")]


class ReportedValue(AppendOnly):
    """What a unit reports of a target for a year, as of a day. The latest one of its unit and year counts,
    the earlier stay. A share keeps numerator and denominator, its percentage is computed; a denominator of
    zero has no percentage ("nothing to count"), never 0 % or 100 %."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="values")
    definition = models.ForeignKey(TargetDefinition, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    as_of = models.DateField(_("figures as of"))
    is_baseline = models.BooleanField(_("where it started from"), default=False)
    numerator = models.DecimalField(_("counted"), null=True, blank=True, **_NUMBER)
    denominator = models.DecimalField(_("out of"), null=True, blank=True, **_NUMBER)
    words = models.TextField(_("in words"), blank=True)  # for targets without a number
    is_met = models.BooleanField(_("reached"), null=True)  # for targets without a number: said by the unit
    source = models.CharField(_("source"), max_length=300, blank=True)
    reason = models.TextField(_("why it was corrected"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reported value")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["target", "unit", "year"], name="plan_value_of_a_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0), name="plan_value_not_negative"
            )
        ]


class ValueEvidence(AppendOnly):
    """A file that shows a reported value: checked by content, private, handed out after the access check."""

    value = models.ForeignKey(ReportedValue, models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=private_upload_to("plan/values"))

    class Meta:
        verbose_name = _("evidence of a value")
        ordering = ["pk"]
