"""What was erased, and what the daily run of retention took away."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import User
from trust.append_only import AppendOnly

from .request import RightsRequest


class Erasure(AppendOnly):
    """One erasure: how many rows of which table lost which fields, what stayed and why. No word of the person
    stands here: `lines` are counts and names of columns."""

    request = models.OneToOneField(RightsRequest, models.PROTECT, related_name="erasure")
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    lines = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("erasure")
        ordering = ["at", "pk"]


class RetentionRun(models.Model):
    """What one day's run of one kind came to. `error`: the run failed and is tried again."""

    kind = models.CharField(max_length=60)
    day = models.DateField()
    at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("run of retention")
        ordering = ["-day", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "day"], name="rights_retention_once_a_day"),
            models.CheckConstraint(condition=Q(error="") | Q(count=0), name="rights_retention_failed_or_not"),
        ]
