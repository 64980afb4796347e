"""What a dossier is made of besides its own row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Staff, User
from trust.append_only import AppendOnly
from trust.storage import private_storage, private_upload_to

from .initiative import Initiative


class Author(models.Model):
    """A row of the author table. Shares are exact: two decimals, 100.00 together."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="authors")
    order = models.PositiveSmallIntegerField(default=0)
    staff = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="authorships", verbose_name=_("person")
    )
    full_name = models.CharField(_("full name"), max_length=120)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    workplace = models.CharField(_("workplace or residence"), max_length=250, blank=True)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    qualification = models.CharField(_("professional qualification"), max_length=120, blank=True)
    share = models.DecimalField(_("share (%)"), max_digits=5, decimal_places=2)
    is_main = models.BooleanField(_("main author"), default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # An outside co-author confirms on paper: the signed scan stands for the click.
    confirmation_scan = models.ForeignKey(
        "ideas.Attachment", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("author")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=100), name="ideas_share_range"),
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(is_main=True), name="ideas_one_main_author"
            ),
            models.UniqueConstraint(
                fields=["initiative", "staff"],
                condition=Q(staff__isnull=False),
                name="ideas_author_once",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def is_confirmed(self):
        """The main author confirms by submitting."""
        return self.is_main or self.confirmed_at is not None


class FirstUseParticipant(models.Model):
    """Item 12 of the form: who took part in the first use, and with what work."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="participants")
    order = models.PositiveSmallIntegerField(default=0)
    full_name = models.CharField(_("full name"), max_length=120)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    workplace = models.CharField(_("workplace or residence"), max_length=250, blank=True)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    qualification = models.CharField(_("professional qualification"), max_length=120, blank=True)
    support = models.CharField(_("work done in support"), max_length=500)

    class Meta:
        verbose_name = _("first-use participant")
        ordering = ["order", "pk"]


class AttachmentKind(models.TextChoices):
    EVIDENCE = "evidence", _("evidence")
    CONFIRMATION = "confirmation", _("signed confirmation of an outside co-author")
    PAPER_APPLICATION = "paper_application", _("scan of the signed paper application")
    SUPERIOR_APPROVAL = "superior_approval", _("approval of the superior body")
    MERGE_CONSENT = "merge_consent", _("all authors' consent to the merger")


class Attachment(models.Model):
    """A file of the dossier: private, typed by content, with its hash."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="attachments")
    kind = models.CharField(
        _("kind"), max_length=20, choices=AttachmentKind.choices, default=AttachmentKind.EVIDENCE
    )
    file = models.FileField(storage=private_storage, upload_to=private_upload_to("dossiers"), max_length=200)
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)  # a version may still name it

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class SubmittedVersion(AppendOnly):
    """What was submitted, frozen: canonical JSON and its SHA-256. A sheet names the version it judged."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("submitted version")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["initiative", "number"], name="ideas_version_number")]

    def __str__(self):
        return f"{self.initiative_id}/{self.number}"
