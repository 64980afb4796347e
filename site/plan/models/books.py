"""What every book of activities shares: its entries, their log and their files.

A book (club, session, officer, …) is one kind of entry with a table of its own that extends `BookEntry`; so
log and files hang on one table by plain foreign keys, whatever book they belong to (`plan.books`).
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from trust.storage import private_storage, private_upload_to

from .parts import Line


class BookEntryQuerySet(models.QuerySet):
    def standing(self):
        """Without those struck out, which stay for the log's sake and count nowhere."""
        return self.filter(struck_at__isnull=True)


class BookEntry(models.Model):
    """One entry of a book: whose it is, what it is called, who made it. Struck out with a reason, never
    deleted."""

    book = models.CharField(max_length=20, db_index=True, editable=False)  # code of plan.books
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=200)
    is_sample = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=200, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.TextField(blank=True)

    objects = BookEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a book")
        ordering = ["pk"]

    def __str__(self):
        return self.title


class BookChange(Line):
    """What was done to an entry, in order."""

    entry = models.ForeignKey(BookEntry, models.PROTECT, related_name="changes")

    class Meta(Line.Meta):
        verbose_name = _("change of an entry")


class BookFile(models.Model):
    """A file of an entry: checked by content, private, handed out after the access check. Pictures are kept
    upright and without what a camera writes into them. Taken away by a mark; the log says by whom."""

    entry = models.ForeignKey(BookEntry, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=private_upload_to("plan/books"))
    alt = models.CharField(_("what the picture shows"), max_length=250, blank=True)
    consent = models.CharField(_("who agreed to being shown"), max_length=300, blank=True)  # never public
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of an entry")
        ordering = ["pk"]

    @property
    def is_picture(self):
        return self.content_type in ("image/jpeg", "image/png")
