"""What targets and tasks share: which unit does which part, and the values a log keeps of whoever acted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from trust.append_only import AppendOnly


class Part(models.TextChoices):
    """Chủ trì, phối hợp."""

    LEAD = "lead", _("leads")
    COORDINATE = "coordinate", _("co-operates")


class UnitPart(models.Model):
    """One unit's part. What the plan itself does not say is a suggestion until a coordinator confirms it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    part = models.CharField(_("part"), max_length=10, choices=Part.choices, default=Part.LEAD)
    is_suggested = models.BooleanField(_("a suggestion, not confirmed"), default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class Line(AppendOnly):
    """A line of a log: who did what, when, with their name as a value that outlives the account."""

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(_("by"), max_length=200)
    change = models.CharField(_("change"), max_length=40)  # a stable code
    note = models.TextField(_("note"), blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
