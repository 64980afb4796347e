"""The trail and what makes it hard to change. Triggers of the database refuse UPDATE and DELETE on all of
these tables; see migration 0002 for the one stated exception."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trust.append_only import AppendOnly


class AuditEvent(AppendOnly):
    """One thing that happened. Who and what stand as values, so that the row outlives them.

    Read by the administrator and the data-protection officer only. The network address is kept because the
    rules for systems of level 2 ask for the source of each event (NĐ 331/2026); it stands nowhere else.
    """

    at = models.DateTimeField(_("time"))
    action = models.CharField(max_length=60)  # a code of trust.audit
    kind = models.CharField(max_length=12)  # access, application, security
    outcome = models.CharField(max_length=8, default="ok")  # ok, refused, failed
    actor_key = models.BigIntegerField(null=True, blank=True)
    account = models.CharField(_("account"), max_length=150, blank=True)
    target_kind = models.CharField(max_length=60, blank=True)
    target_key = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=8, default="web")  # web, command, worker, process
    address = models.CharField(max_length=45, blank=True)
    place = models.CharField(
        max_length=200, blank=True
    )  # the page's pattern or the command, never an address
    request_id = models.CharField(max_length=32, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit event")
        ordering = ["-at", "-pk"]
        indexes = [  # each filter of the page, newest first, without sorting
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["kind", "at", "id"], name="audit_kind"),
            models.Index(fields=["action", "at", "id"], name="audit_action"),
            models.Index(fields=["actor_key", "at", "id"], name="audit_actor"),
            models.Index(fields=["target_kind", "target_key", "at", "id"], name="audit_target"),
        ]


class AuditSeal(AppendOnly):
    """A link of the chain: the hash over the seal before it and the contents of one event, with a key that is
    not in the database. Numbers run without a gap."""

    number = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)  # no foreign key: an event that is gone must be missed
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=8)  # which key, by its fingerprint
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("audit seal")
        ordering = ["number"]


class AuditCheckpoint(AppendOnly):
    """Where the chain begins after old events were removed: the last seal that went, with the hash the next
    one builds on, signed."""

    number = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)
    removed = models.BigIntegerField()
    made_at = models.DateTimeField()
    key = models.CharField(max_length=8)
    signature = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit checkpoint")
        ordering = ["number"]


class AuditPermit(models.Model):
    """While a row stands here the triggers let DELETE pass. Only the removal of old events puts one here, in
    the transaction that takes it away again: nobody else ever sees it."""

    reason = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("audit permit")
