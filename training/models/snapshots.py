"""Freezes: the coverage of a day as values, with its hash. Insert only."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trust.append_only import AppendOnly

from .catalogue import Requirement


class CoverageSnapshot(AppendOnly):
    """One version of a labelled freeze. Version 2 and later are amendments and carry a reason.

    `payload` is canonical JSON of policy, figures and rows (values, not links); `sha256` is its hash.
    """

    class Label(models.TextChoices):
        EVALUATION = "evaluation", _("for the evaluation")
        YEAR_END = "year_end", _("at the end of the year")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="snapshots")
    year = models.PositiveSmallIntegerField(_("year"))
    label = models.CharField(_("freeze"), max_length=10, choices=Label.choices)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    as_of = models.DateField(_("as of"))
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    taken_by_name = models.CharField(max_length=200)
    reason = models.TextField(_("reason of the amendment"), blank=True)
    trained = models.PositiveIntegerField()
    exempt = models.PositiveIntegerField()
    not_due = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    payload = models.TextField()
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("freeze")
        ordering = ["-year", "label", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "year", "label", "version"], name="training_snapshot_key"
            )
        ]

    @property
    def population(self):
        """Everybody in scope."""
        return self.trained + self.exempt + self.not_due + self.missing


class SnapshotRow(AppendOnly):
    """One person as frozen: what stood there on that day, whatever happens to the person later."""

    snapshot = models.ForeignKey(CoverageSnapshot, models.PROTECT, related_name="rows")
    staff_code = models.CharField(max_length=30)
    full_name = models.CharField(max_length=120)
    categories = models.CharField(max_length=40)
    unit_code = models.CharField(max_length=30, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12)
    minutes = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("row of a freeze")
        ordering = ["staff_code"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "staff_code"], name="training_snapshot_row_key")
        ]
