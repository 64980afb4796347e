"""Which paper was given for which session or course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models import Certificate
from people.models import Staff

from .sessions import Session


class TrainingCertificate(models.Model):
    """A certificate of attendance: one a person and session; its paper is kept by `papers`."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="certificates")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="training_certificates")
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("certificate of attendance")
        constraints = [models.UniqueConstraint(fields=["session", "staff"], name="training_certificate_key")]
