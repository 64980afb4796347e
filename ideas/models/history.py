"""What happened, by whom; and who complained about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User
from trust.append_only import AppendOnly

from .initiative import Initiative


class HistoryEntry(AppendOnly):
    """One step of a dossier. Name, staff code and role are values: they outlive the account.

    `user` is not constrained in the database, so that deleting an account changes no row here.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="history")
    at = models.DateTimeField(db_index=True)
    transition = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24)
    to_state = models.CharField(max_length=24)
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    actor_role = models.CharField(max_length=30)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("history entry")
        ordering = ["at", "pk"]


class ComplaintOutcome(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("complaint", "accepted")
    REJECTED = "rejected", pgettext_lazy("complaint", "rejected")


class Complaint(models.Model):
    """A complaint about a refusal, a decline or a revocation: 90 days to file, 10 to take up, 30 or 45 to
    settle (Luật Khiếu nại 2011)."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="complaints")
    complainant = models.CharField(_("complainant"), max_length=120)
    text = models.TextField(_("what the complaint says"))
    against_state = models.CharField(max_length=24)
    filed_on = models.DateField(_("filed on"))
    take_up_due_on = models.DateField(_("to be taken up by"))
    taken_up_on = models.DateField(_("taken up on"), null=True, blank=True)
    is_complex = models.BooleanField(_("complex case"), default=False)
    settle_due_on = models.DateField(_("to be settled by"), null=True, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=ComplaintOutcome.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    used = models.BooleanField(default=False)  # a settled complaint opens one reconsideration
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("complaint")
        ordering = ["-filed_on", "-pk"]
