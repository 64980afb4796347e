"""What counts beside the ward's own sessions: credits from outside and exemptions. Two people each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Dated, Staff
from trust.append_only import AppendOnly
from trust.storage import private_storage, private_upload_to

from .catalogue import Requirement


class OutsideCredit(models.Model):
    """A course somebody completed elsewhere. Nobody verifies what they handed in themselves.

    `verifier` may be empty on a verified row: a file brought it, and `verifier_name` says who read it in.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("waiting to be verified")
        VERIFIED = "verified", _("verified")
        REFUSED = "refused", _("not accepted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="outside_credits")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    completed_on = models.DateField(_("completed on"))
    minutes = models.PositiveIntegerField(_("minutes"))
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=60, blank=True)
    title = models.CharField(_("name of the course"), max_length=200, blank=True)
    topics = models.JSONField(_("groups of content"), default=list, blank=True)  # numbers of TOPICS, sorted
    level = models.PositiveSmallIntegerField(_("level"), default=1)  # what it shows once verified
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    submitter = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    verifier = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    verifier_name = models.CharField(max_length=200, blank=True)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(_("why it is not accepted"), max_length=500, blank=True)
    file = models.FileField(
        _("certificate file"),
        storage=private_storage,
        upload_to=private_upload_to("outside-credits"),
        max_length=200,
        blank=True,
    )
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("credit from outside")
        ordering = ["-completed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "completed_on", "certificate_number"], name="training_outside_key"
            ),
            models.CheckConstraint(
                condition=Q(verifier__isnull=True) | Q(submitter__isnull=True) | ~Q(verifier=F("submitter")),
                name="training_outside_two_people",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="training_outside_minutes"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="training_outside_level"),
        ]
        indexes = [models.Index(fields=["staff", "state"], name="training_outside_staff_idx")]

    def get_absolute_url(self):
        return reverse("training:credit", args=[self.pk])


class Exemption(Dated):
    """Somebody need not be trained from `start_on` on. The reason is health data: personnel staff only."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", pgettext_lazy("exemption", "refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="exemptions")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.REQUESTED)
    requester = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    approver = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    approver_name = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    # Read by the person and whoever asked, so nothing about health belongs here.
    refusal_reason = models.CharField(_("why it is not approved"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("exemption")
        ordering = ["-start_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "requirement", "start_on"], name="training_exemption_key"
            ),
            models.CheckConstraint(
                condition=Q(end_before__isnull=True) | Q(end_before__gt=F("start_on")),
                name="training_exemption_dates",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | Q(requester__isnull=True) | ~Q(approver=F("requester")),
                name="training_exemption_two_people",
            ),
            # Nobody approves their own exemption, whoever asked for it.
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("staff")), name="training_exemption_own"
            ),
        ]

    def get_absolute_url(self):
        return reverse("training:exemption", args=[self.pk])


class ClaimHistory(AppendOnly):
    """One step of a credit or an exemption. Name and staff code are values: they outlive the account."""

    at = models.DateTimeField()
    step = models.CharField(max_length=20)
    from_state = models.CharField(max_length=9, blank=True)
    to_state = models.CharField(max_length=9)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


class CreditHistory(ClaimHistory):
    credit = models.ForeignKey(OutsideCredit, models.PROTECT, related_name="history")

    class Meta(ClaimHistory.Meta):
        verbose_name = _("history of a credit from outside")


class ExemptionHistory(ClaimHistory):
    """Never holds the reason of the exemption itself."""

    exemption = models.ForeignKey(Exemption, models.PROTECT, related_name="history")

    class Meta(ClaimHistory.Meta):
        verbose_name = _("history of an exemption")
