"""Score sheets on paper: the printed code, the scan, and what two people read from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from papers.codes import shown
from people.models import User
from trust.storage import private_storage, private_upload_to

from .evaluation import ScoreSheet


class PaperSheetQuerySet(models.QuerySet):
    def in_hand(self):
        """Printed, and neither entered nor put aside."""
        return self.filter(settled_at__isnull=True, dropped_at__isnull=True)


class PaperSheet(models.Model):
    """One print of a seat's sheet. Its code names it to whoever keys it; it opens nothing by itself."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="papers")
    code = models.CharField(_("code of the paper"), max_length=8, unique=True)
    printed_at = models.DateTimeField()
    scan = models.FileField(
        storage=private_storage, upload_to=private_upload_to("paper-sheets"), blank=True, max_length=200
    )
    scan_name = models.CharField(max_length=200, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)  # both keyings agreed: the sheet was sent
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = PaperSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper sheet")
        ordering = ["sheet__seat__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(settled_at__isnull=True, dropped_at__isnull=True),
                name="ideas_one_paper_in_hand",
            )
        ]

    def get_absolute_url(self):
        return f"/sang-kien/phieu-giay/{self.code}/"

    @property
    def shown_code(self):
        """As printed: K7QM-4TXD."""
        return shown(self.code)


class KeyingRole(models.TextChoices):
    CLERK = "records_clerk", pgettext_lazy("keying", "records clerk")
    SECRETARY = "secretary", pgettext_lazy("keying", "secretary")


class SheetKeying(models.Model):
    """What one person read from the paper. Nobody else reads it before the other one has keyed too.

    Points are exact decimals as text, as in frozen results. The keyer's name is a value: it outlives the
    account. Words about a correction stay here and never reach a log, since they may hold a figure.
    """

    paper = models.ForeignKey(PaperSheet, models.CASCADE, related_name="keyings")
    role = models.CharField(max_length=14, choices=KeyingRole.choices)
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    keyer_name = models.CharField(max_length=120)
    keyer_code = models.CharField(max_length=30, blank=True)
    points = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    keyed_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True, blank=True)
    correction_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("keying of a paper sheet")
        ordering = ["keyed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "role"], name="ideas_keyed_once_in_each_role"),
            models.UniqueConstraint(fields=["paper", "user"], name="ideas_keyed_by_two_people"),
        ]
