"""What the head of the ward decided, and the certificates that follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models import Certificate
from people.models import Staff
from trust.storage import private_storage, private_upload_to

from .dossier import Author
from .initiative import Initiative


class DecisionKind(models.TextChoices):
    RECOGNISE = "recognise", _("recognition")
    DECLINE = "decline", _("refusal of recognition")
    CORRECT = "correct", _("correction")
    REVOKE = "revoke", _("revocation")


class Decision(models.Model):
    """A signed decision: drafted outside the portal's powers, its number, date and file kept here."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    number = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decision date"))
    signer = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    signer_name = models.CharField(max_length=120)
    is_delegated = models.BooleanField(default=False)  # KT. CHỦ TỊCH
    delegation_number = models.CharField(max_length=60, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    file = models.FileField(
        storage=private_storage, upload_to=private_upload_to("decisions"), blank=True, max_length=200
    )
    file_name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["pk"]


class InitiativeCertificate(models.Model):
    """Which certificate an author of an initiative holds."""

    author = models.ForeignKey(Author, models.PROTECT, related_name="certificates")
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
