"""Planned outages: announced ahead, shown on every page until they are over."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from obligations.days_off import announced_days

from ..notice import NOTICE_WORKING_DAYS, last_day_to_announce


class PlannedOutageQuerySet(models.QuerySet):
    def announced(self, now):
        """Those people must know of at `now`: announced and not over, the soonest first."""
        return self.filter(announced_at__lte=now, ends_at__gt=now).order_by("starts_at", "pk")


class PlannedOutage(models.Model):
    """From `starts_at` until before `ends_at` the portal, or what `affected` names, does not answer.

    Announced at least 7 working days ahead with the time of recovery (NĐ 224/2026/NĐ-CP, Điều 13); later
    only with the reason for the hurry.
    """

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("works again from"))
    affected = models.CharField(
        _("what does not work"),
        max_length=200,
        help_text=_("As readers will see it, for example: signing in and sending dossiers."),
    )
    announced_at = models.DateTimeField(_("announced from"), default=timezone.now)
    urgency = models.TextField(
        _("reason for the hurry"),
        blank=True,
        max_length=500,
        help_text=_("Needed when fewer than 7 working days are left. Readers do not see it."),
    )

    objects = PlannedOutageQuerySet.as_manager()
    panels = [
        FieldPanel("affected"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("announced_at"),
        FieldPanel("urgency"),
    ]

    class Meta:
        verbose_name = _("planned outage")
        verbose_name_plural = _("planned outages")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="portal_outage_times")
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%d/%m/%Y %H:%M} - {self.affected}"

    def clean(self):
        if not (self.starts_at and self.ends_at and self.announced_at):
            return  # the fields have said so themselves
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It must work again later than it stops.")})
        last_day = last_day_to_announce(timezone.localdate(self.starts_at), *announced_days())
        if timezone.localdate(self.announced_at) > last_day and not self.urgency.strip():
            raise ValidationError({"urgency": self._too_late(last_day)})

    def _too_late(self, last_day):
        return _(
            "An outage is announced at least %(days)d working days ahead: for this one by %(day)s. "
            "Choose a later time, or say why it cannot wait."
        ) % {"days": NOTICE_WORKING_DAYS, "day": f"{last_day:%d/%m/%Y}"}
