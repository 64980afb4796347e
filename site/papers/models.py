"""Certificates as they were issued: never deleted, never rewritten; what changes is their state.

And official papers (NĐ 30/2020) as they were registered.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trust.append_only import AppendOnly
from trust.storage import private_storage, private_upload_to

from .codes import CODE_LENGTH, shown


class CertificateSeries(models.Model):
    """The running number of a kind in a year; its row is the lock while numbers are given."""

    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_series_a_year")]


class Certificate(models.Model):
    """One paper for one person. `data` is the frozen input its PDF is drawn from; the other fields are what
    the register and the verification page show."""

    class State(models.TextChoices):
        VALID = "valid", _("Valid")
        REPLACED = "replaced", _("Replaced")
        REVOKED = "revoked", _("Revoked")

    kind = models.CharField(_("kind"), max_length=30)  # a code of papers.kinds
    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField(_("running number"))
    number = models.CharField(_("number"), max_length=60)  # 09/GCN-UBND
    issued_on = models.DateField(_("issued on"))
    code = models.CharField(_("verification code"), max_length=CODE_LENGTH, unique=True)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.VALID)
    state_reason = models.TextField(_("reason"), blank=True)
    state_changed_on = models.DateField(_("state since"), null=True, blank=True)
    state_decision_number = models.CharField(_("number of that decision"), max_length=60, blank=True)
    state_decision_on = models.DateField(_("date of that decision"), null=True, blank=True)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    holder_name = models.CharField(_("holder"), max_length=200)
    holder_unit = models.CharField(_("unit"), max_length=300, blank=True)
    title = models.TextField(_("title"))
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decision_on = models.DateField(_("decision date"), null=True, blank=True)
    data = models.JSONField(_("content"))

    pdf = models.FileField(
        _("PDF"),
        storage=private_storage,
        upload_to=private_upload_to("certificates"),
        max_length=200,
        blank=True,
    )
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("certificate")
        ordering = ["-issued_on", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "sequence"], name="one_certificate_a_number"),
            models.CheckConstraint(
                condition=Q(state="replaced", replaced_by__isnull=False)
                | (~Q(state="replaced") & Q(replaced_by__isnull=True)),
                name="replaced_names_its_successor",
            ),
            models.CheckConstraint(
                condition=Q(pdf="", sha256="") | (~Q(pdf="") & ~Q(sha256="")), name="a_paper_has_its_hash"
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("papers:verify", args=[self.code])

    @property
    def code_shown(self):
        """K7QM-4TXD, as printed."""
        return shown(self.code)

    @property
    def file_name(self):
        """Plain letters only, so that every system keeps it: giay-chung-nhan-09-GCN-UBND-2026.pdf."""
        return f"giay-chung-nhan-{self.number.replace('/', '-')}-{self.year}.pdf"


class PaperSeries(models.Model):
    """The numbers an issuer gave to one kind of paper in a year, from 01 on 1 January (NĐ 30/2020).

    The council has series of its own. The row is the lock while a number is registered.
    """

    issuer = models.CharField(max_length=20)  # a code of papers.documents.issuers
    kind = models.CharField(max_length=10)  # GM, BB, QĐ, TB
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kind", "year"], name="papers_one_series_a_year")
        ]


class OfficePaper(models.Model):
    """An official paper as it was registered: content frozen with its hash, number and date typed in after it
    was signed outside, the signed file where there is one.

    `subject` names what it is about as text ("meeting:12"), since papers know no app to their right.
    """

    kind = models.CharField(_("kind"), max_length=30)  # a code of papers.documents.kinds
    subject = models.CharField(max_length=60)
    series = models.ForeignKey(PaperSeries, models.PROTECT, null=True, related_name="papers")
    number = models.CharField(_("number"), max_length=60, blank=True)
    issued_on = models.DateField(_("date"))
    data = models.JSONField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField(
        _("signed file"),
        storage=private_storage,
        upload_to=private_upload_to("papers"),
        max_length=200,
        blank=True,
    )
    file_name = models.CharField(max_length=120, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    edit_version = models.PositiveIntegerField(default=0)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("official paper")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="papers_one_paper_a_subject"),
            models.UniqueConstraint(
                fields=["series", "number"], condition=~Q(number=""), name="papers_number_once"
            ),
            models.CheckConstraint(
                condition=Q(file="", file_sha256="") | (~Q(file="") & ~Q(file_sha256="")),
                name="papers_signed_file_has_its_hash",
            ),
        ]

    def __str__(self):
        return self.number or self.kind


class PaperChange(AppendOnly):
    """A line of the log of official papers: who registered or replaced what, from what to what, and why.

    Names are values; `user` is not constrained in the database, so that they outlive the account. A replaced
    signed file stays in storage under the path this row names.
    """

    paper = models.ForeignKey(OfficePaper, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of an official paper")
        ordering = ["at", "pk"]

    @property
    def issued_on(self):
        """The date of the paper after this change."""
        return date.fromisoformat(self.after["issued_on"])
