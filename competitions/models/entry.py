"""An entry: what is being written, what was handed in, who is in it, what happened to it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from people.models import User
from trust.append_only import AppendOnly
from trust.storage import private_storage, private_upload_to

from ..access import EntryQuerySet
from ..lifecycle import EntryLifecycle, EntryState
from .page import CompetitionPage


class Entry(EntryLifecycle, models.Model):
    """The working copy and its state. What counts is the latest `EntryVersion`; its state moves through
    `competitions.workflow.move` alone."""

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="entries")
    state = FSMField(default=EntryState.DRAFT, choices=EntryState.choices, protected=True, db_index=True)
    number = models.PositiveIntegerField(null=True, editable=False)  # given with the first receipt
    # CT-2026-01-007; null while it has none, since it is unique.
    code = models.CharField(_("code"), max_length=30, null=True, unique=True, editable=False)  # noqa: DJ001
    blind_code = models.CharField(max_length=8, blank=True, editable=False)  # what judges call it
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    edit_version = models.PositiveIntegerField(default=0)  # raised by each saved edit; forms send it back
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)  # of the version that counts
    is_late = models.BooleanField(default=False)  # taken in by a logged act of the organiser
    public_reason = models.TextField(_("reason"), blank=True)
    is_sample = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["competition", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "number"], name="competitions_entry_number"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="withdrawn") | Q(number__isnull=False),
                name="competitions_entry_has_number",
            ),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="competitions_entry_state"),
        ]
        indexes = [models.Index(fields=["competition", "state"], name="competitions_entry_state_idx")]

    def __str__(self):
        return self.code or f"#{self.pk}"

    def get_absolute_url(self):
        return f"/cuoc-thi/bai-cua-toi/{self.pk}/"

    def refresh_from_db(self, using=None, fields=None, **kwargs):
        # As `ideas.models.Initiative` does: a protected field may be set while it is absent.
        if fields is None:
            self.__dict__.pop("state", None)
            super().refresh_from_db(using=using, **kwargs)
            fields = ["state"]
        if "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using=using, fields=fields, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(_("An entry is never deleted; withdraw it."))


class EntryVersion(AppendOnly):
    """What was handed in, frozen as canonical JSON with its hash; a sheet names the version it judged."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version of an entry")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="competitions_version_once")]


class EntryFile(models.Model):
    """A file of an entry, kept private. `removed_at`: no longer part of the working copy, but a version that
    was handed in may still name it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="files")
    file = models.FileField(storage=private_storage, upload_to=private_upload_to("entries"))
    # Of a picture: small enough for lists; made once, when it is taken in.
    preview = models.FileField(
        storage=private_storage, upload_to=private_upload_to("entries"), blank=True, max_length=100
    )
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("file of an entry")
        ordering = ["pk"]

    @property
    def is_picture(self):
        return self.content_type.startswith("image/")


class EntryHistory(AppendOnly):
    """One step of an entry. Name and role are values: they outlive account and participant."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="history")
    at = models.DateTimeField()
    transition = models.CharField(max_length=30)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    actor_role = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("history of an entry")
        ordering = ["at", "pk"]


class Participation(models.Model):
    """A person's place in an entry. The constraint is the rule "one entry each", whatever two windows try;
    a place that was given up keeps its row."""

    class Role(models.TextChoices):
        LEADER = "leader", pgettext_lazy("team", "leader")
        MEMBER = "member", pgettext_lazy("team", "member")

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="participations")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="participations")
    participant = models.ForeignKey("competitions.Participant", models.PROTECT, related_name="participations")
    role = models.CharField(max_length=6, choices=Role.choices)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("place in an entry")
        ordering = ["role", "joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "participant"],
                condition=Q(ended_at__isnull=True),
                name="competitions_one_entry_each",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(role="leader", ended_at__isnull=True),
                name="competitions_one_leader",
            ),
        ]
