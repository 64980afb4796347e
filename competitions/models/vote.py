"""The public vote: one a person under a constraint of the database."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trust.append_only import AppendOnly

from .entry import Entry
from .page import CompetitionPage
from .participant import Participant


class Vote(models.Model):
    """One person's vote. `network` is a keyed hash of where it came from, for the list of anomalies, and goes
    once the results are published. A voided vote keeps its row, who voided it and why, and does not count."""

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="votes")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="votes")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="votes")
    at = models.DateTimeField()
    network = models.CharField(max_length=64, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)
    voided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("vote")
        constraints = [
            models.UniqueConstraint(fields=["competition", "participant"], name="competitions_one_vote_each"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="competitions_void_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["competition", "entry"], name="competitions_vote_entry_idx")]


class VoteCount(AppendOnly):
    """The count at one moment after the close: {entry code: votes} as canonical JSON with its hash."""

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="vote_counts")
    counted_at = models.DateTimeField()
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("count of votes")
        ordering = ["pk"]
