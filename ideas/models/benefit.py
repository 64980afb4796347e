"""Sổ kết quả áp dụng: what a recognised initiative promised, what was measured, who uses it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Dated, Unit, User
from trust.storage import private_storage, private_upload_to

from .exact import ExactDecimalField
from .initiative import Initiative


class ClaimState(models.TextChoices):
    """Entered by somebody, verified or returned by somebody else."""

    ENTERED = "entered", pgettext_lazy("benefit", "waits to be verified")
    VERIFIED = "verified", pgettext_lazy("benefit", "verified")
    RETURNED = "returned", pgettext_lazy("benefit", "returned")


class Claim(models.Model):
    """What one person states and another verifies; only what is verified is public. Names are values."""

    state = models.CharField(_("state"), max_length=8, choices=ClaimState.choices, default=ClaimState.ENTERED)
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    entered_by_name = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_for = models.CharField(max_length=200, blank=True)  # the unit or office it was decided for
    return_reason = models.TextField(_("why it was returned"), blank=True)
    edit_version = models.PositiveIntegerField(default=0)  # forms send it back: nothing seen is overwritten

    class Meta:
        abstract = True

    @property
    def is_verified(self):
        return self.state == ClaimState.VERIFIED


class BenefitIndicator(Claim):
    """One figure by which the benefit is measured: how it was before, what was promised. Exact decimals."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="indicators")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("what is measured"), max_length=200)
    measured_in = models.CharField(_("unit of measure"), max_length=60)
    baseline = ExactDecimalField(_("before"))
    promised = ExactDecimalField(_("promised"))
    lower_is_better = models.BooleanField(_("less is better"), default=False)

    class Meta:
        verbose_name = _("indicator of a benefit")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name

    def keeps_promise(self, value):
        """Whether `value` is at least as good as what was promised."""
        return value <= self.promised if self.lower_is_better else value >= self.promised


class Measurement(Claim):
    """An indicator measured 3, 6 or 12 months after the recognition."""

    indicator = models.ForeignKey(BenefitIndicator, models.PROTECT, related_name="measurements")
    months = models.PositiveSmallIntegerField(_("months after the recognition"))
    value = ExactDecimalField(_("measured"))
    measured_on = models.DateField(_("measured on"))
    source = models.CharField(_("how it was measured"), max_length=300)

    class Meta:
        verbose_name = _("measurement")
        ordering = ["months", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "months"], name="ideas_measured_once_a_term"),
            models.CheckConstraint(condition=Q(months__in=[3, 6, 12]), name="ideas_measured_after"),
        ]

    @property
    def initiative(self):
        return self.indicator.initiative


class MeasurementFile(models.Model):
    """Evidence of a measurement: private, typed by content, with its hash."""

    measurement = models.ForeignKey(Measurement, models.PROTECT, related_name="files")
    file = models.FileField(storage=private_storage, upload_to=private_upload_to("benefits"), max_length=200)
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("evidence of a measurement")
        ordering = ["pk"]


class Adoption(Claim, Dated):
    """Nhân rộng: a unit that uses the initiative, since when, how; confirmed by that unit's head."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    how = models.TextField(_("how it is used"))

    class Meta:
        verbose_name = _("use by a unit")
        ordering = ["start_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "unit", "start_on"], name="ideas_adopted_once"),
            models.CheckConstraint(
                condition=Q(end_before__isnull=True) | Q(end_before__gt=F("start_on")),
                name="ideas_adoption_dates",
            ),
        ]
