"""A training workbook from upload to revert, row by row."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trust.storage import private_storage, private_upload_to


class ImportBatch(models.Model):
    """One file: read, decided row by row, written in one transaction, perhaps taken back."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        PREVIEW = "preview", _("in preview")
        DONE = "done", _("written")
        REVERTED = "reverted", pgettext_lazy("import", "taken back")
        DROPPED = "dropped", _("dropped")
        FAILED = "failed", pgettext_lazy("import", "could not be read")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(
        storage=private_storage, upload_to=private_upload_to("training-imports"), max_length=200, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # verdict → rows; after writing also created, changed, unchanged
    problem = models.TextField(blank=True)  # why the file could not be read, in words
    file_issues = models.JSONField(default=list)  # of sheets and headings, not of a row
    attempts = models.PositiveSmallIntegerField(default=0)  # how often reading was begun
    heard_at = models.DateTimeField(null=True, blank=True)  # when the reading last said how far it is
    applied_at = models.DateTimeField(null=True, blank=True)
    reverted_at = models.DateTimeField(null=True, blank=True)
    reverted_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("training import")
        ordering = ["-at"]


class ImportRow(models.Model):
    """A row of the file, what it means here, and what was decided about it."""

    class Verdict(models.TextChoices):
        NEW = "new", pgettext_lazy("import row", "new")
        SAME = "same", pgettext_lazy("import row", "same")
        CHANGE = "change", pgettext_lazy("import row", "change")
        AMBIGUOUS = "ambiguous", pgettext_lazy("import row", "ambiguous")
        UNKNOWN = "unknown", pgettext_lazy("import row", "not found")
        INVALID = "invalid", pgettext_lazy("import row", "invalid")

    class Decision(models.TextChoices):
        UNDECIDED = "", _("to decide")
        APPLY = "apply", _("write it")
        SKIP = "skip", _("leave it")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=12)  # code of the sheet
    number = models.PositiveIntegerField()  # row in the file
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    decision = models.CharField(max_length=5, choices=Decision.choices, blank=True)
    shown = models.JSONField(default=dict)  # cells as typed, by column
    issues = models.JSONField(default=list)  # column, value, reason, kind
    candidates = models.JSONField(default=list)  # people who fit an ambiguous row
    chosen = models.CharField(max_length=30, blank=True)  # the staff code a person chose
    before = models.JSONField(null=True)  # what stood there; None: nothing
    after = models.JSONField(null=True)  # what was written
    was = models.JSONField(null=True)  # raw fields that writing replaced; None: there was no record
    wrote = models.JSONField(null=True)  # raw fields as written; None: nothing was

    class Meta:
        verbose_name = _("row of an import")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "number"], name="training_import_row_key")
        ]
        indexes = [models.Index(fields=["batch", "verdict"], name="training_import_verdict_idx")]
