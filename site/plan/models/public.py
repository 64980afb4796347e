"""What the public reads of the plan's progress: figures a coordinator released, frozen."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trust.append_only import AppendOnly


class TargetPublication(AppendOnly):
    """The figures of a year as everybody may read them from `published_at` on, until the next one of that
    year; the earlier stay readable, so that a number somebody quoted can be looked up. It is its own log
    line: who, when, what. `payload` is what `plan.public.freezing` built, `sha256` that of its canonical
    JSON, `counts` how many targets stand how (`{"met": 3, …}`), for whoever needs no more than that."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("publication of the year"))
    published_at = models.DateTimeField(_("published"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(_("by"), max_length=200)
    note = models.CharField(_("note to the readers"), max_length=500, blank=True)
    payload = models.JSONField()
    counts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("publication of the plan's figures")
        ordering = ["year", "number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="plan_publication_number")]

    def __str__(self):
        return f"{self.year}/{self.number}"

    @property
    def day(self):
        return timezone.localdate(self.published_at)
