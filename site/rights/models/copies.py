"""Copies of a person's data: asked for, made by the worker, taken for some days, gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User
from trust.storage import private_storage, private_upload_to

from .request import RightsRequest


class CopyState(models.TextChoices):
    ASKED = "copy_asked", pgettext_lazy("copy of data", "being made")
    READY = "copy_ready", pgettext_lazy("copy of data", "ready")
    FAILED = "copy_failed", pgettext_lazy("copy of data", "could not be made")
    EXPIRED = "copy_expired", pgettext_lazy("copy of data", "expired and erased")


class DataCopy(models.Model):
    """Of an account that asked (`user`), or of the sender of a request (`request`): never both."""

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    request = models.ForeignKey(RightsRequest, models.CASCADE, null=True, blank=True, related_name="copies")
    state = models.CharField(max_length=12, choices=CopyState.choices, default=CopyState.ASKED)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=200)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(storage=private_storage, upload_to=private_upload_to("data-copies"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("copy of a person's data")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) ^ models.Q(request__isnull=True),
                name="rights_copy_of_one",
            )
        ]
