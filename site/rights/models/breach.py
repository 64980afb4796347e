"""Breaches of the protection of personal data (Luật 91/2025 Đ.23): what happened, when it was notified."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User
from trust.append_only import AppendOnly


class BreachState(models.TextChoices):
    OPEN = "breach_open", pgettext_lazy("breach", "to be notified")
    TOLD = "breach_told", pgettext_lazy("breach", "notified")
    CLOSED = "breach_closed", pgettext_lazy("breach", "closed")


class Breach(models.Model):
    """`tell_by` is 72 hours after `found_at`. People concerned are described and counted, never named
    here."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    state = models.CharField(max_length=13, choices=BreachState.choices, default=BreachState.OPEN)
    happened_at = models.DateTimeField(_("when it happened"), null=True, blank=True)
    found_at = models.DateTimeField(_("when it was found"))
    tell_by = models.DateTimeField(_("to be notified by"))
    what = models.TextField(_("what happened"))
    data = models.TextField(_("which data, of whom"))
    people = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    measures = models.TextField(_("what was done about it"), blank=True)
    authority_told_at = models.DateTimeField(_("authority notified at"), null=True, blank=True)
    authority_paper = models.CharField(_("number of the notice"), max_length=60, blank=True)
    late_reason = models.TextField(_("why later than 72 hours"), blank=True)
    people_told_at = models.DateTimeField(_("people concerned told at"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("breach of data protection")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(authority_told_at__isnull=True)
                | Q(authority_told_at__lte=F("tell_by"))
                | ~Q(late_reason=""),
                name="rights_breach_late_says_why",
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return f"/quyen-du-lieu/su-co/{self.number}/"

    @property
    def subject(self):
        return f"breach:{self.pk}"


class BreachEntry(AppendOnly):
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    step = models.CharField(max_length=20)
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("step of a breach")
        ordering = ["at", "pk"]
