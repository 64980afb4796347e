"""The plan's calendar: its phases (part IV), its yearly dates and its reviews."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.Model):
    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=100)
    text = models.TextField(_("text"))
    time = models.CharField(_("time"), max_length=200)  # in the plan's words
    start_year = models.PositiveSmallIntegerField()
    end_year = models.PositiveSmallIntegerField()
    continues_after = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("phase of the plan")
        ordering = ["start_year"]


class RecurringDate(models.Model):
    """Something due every year. With `strictly_before`, "trước ngày 10/6": the last day is the day before."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=200)
    rule = models.CharField(_("rule"), max_length=200, blank=True)
    month = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    strictly_before = models.BooleanField(default=False)
    first_due_on = models.DateField(null=True)  # the day named by the plan, first time
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("yearly date of the plan")
        ordering = ["order"]


class Review(models.Model):
    """Sơ kết, tổng kết, and the yearly self-assessment."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    text = models.TextField(_("text"))
    from_year = models.PositiveSmallIntegerField(null=True)
    to_year = models.PositiveSmallIntegerField(null=True)
    due_year = models.PositiveSmallIntegerField(null=True)
    is_ad_hoc = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("review of the plan")
        ordering = ["order"]
