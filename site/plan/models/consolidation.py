"""The ward's report of a period: the words that are gone on with, section by section, and what became of
it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .parts import Line
from .report import ReportPeriod


class ConsolidationState(models.TextChoices):
    DRAFTING = "drafting", pgettext_lazy("consolidated report", "being drafted")
    ISSUED = "issued", pgettext_lazy("consolidated report", "issued")


class Signer(models.TextChoices):
    """In whose name a paper of the ward is signed."""

    HEAD = "head", pgettext_lazy("signs", "the head of the ward")
    DEPUTY = "deputy", pgettext_lazy("signs", "a deputy for the head")


class ConsolidatedReport(models.Model):
    """One report a period. Number, date and signed file stand with its official paper (`papers.OfficePaper`);
    `frozen` keeps its tables, and which versions of the units' reports they came from, once it is issued."""

    period = models.OneToOneField(ReportPeriod, models.PROTECT, related_name="consolidated")
    state = models.CharField(
        _("state"), max_length=10, choices=ConsolidationState.choices, default=ConsolidationState.DRAFTING
    )
    begun_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(default=dict)
    # Who signs; without a name the head of the day it is drawn.
    signed_as = models.CharField(max_length=6, choices=Signer.choices, default=Signer.HEAD)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signer_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("consolidated report")
        ordering = ["-period__last_day", "pk"]

    @property
    def is_issued(self):
        return self.state == ConsolidationState.ISSUED


class ConsolidatedSection(models.Model):
    """One section: its text, and the draft it grew from. A text that differs from it was written by somebody
    and is never replaced unasked."""

    report = models.ForeignKey(ConsolidatedReport, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=20)  # of plan.consolidation.drafting
    text = models.TextField(blank=True)
    draft = models.TextField(blank=True)
    edit_version = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("section of a consolidated report")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="plan_section_once")]

    @property
    def is_edited(self):
        return self.text != self.draft


class ConsolidationChange(Line):
    """What happened to a consolidated report, in order."""

    report = models.ForeignKey(ConsolidatedReport, models.PROTECT, related_name="changes")

    class Meta(Line.Meta):
        verbose_name = _("change of a consolidated report")
