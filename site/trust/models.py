"""Consents: what somebody agreed to, in which words, since when, until when (Luật 91/2025 Đ.9–10).

The models of the audit trail stand beside its code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .audit.models import AuditCheckpoint, AuditEvent, AuditPermit, AuditSeal

__all__ = ["AuditCheckpoint", "AuditEvent", "AuditPermit", "AuditSeal", "Consent"]


class Consent(models.Model):
    """One consent for one purpose, kept as proof with the very words that were agreed to. A withdrawal closes
    the row; a consent given again is a new one. Never deleted.

    `subject` is a stable key of the app that asked ("participant:12:CT-2026-01"): no link, so that it
    outlives what it is about.
    """

    subject = models.CharField(max_length=80, db_index=True)
    purpose = models.CharField(max_length=40)  # a code of trust.consents
    wording = models.TextField(_("what was agreed to"))
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="trust_consent_once",
            )
        ]
