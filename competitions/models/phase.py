"""The windows of a competition, and what its organisers did to it after it was announced."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import User
from trust.append_only import AppendOnly

from ..phases import PhaseCode, Window
from .page import CompetitionPage


class Phase(models.Model):
    """One window `[opens_at, closes_at)`. Once the competition is out it moves by a logged act alone."""

    competition = models.ForeignKey(CompetitionPage, models.CASCADE, related_name="phases")
    code = models.CharField(_("phase"), max_length=12, choices=PhaseCode.choices)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("phase")
        ordering = ["opens_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "code"], name="competitions_phase_once"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="competitions_phase_window"
            ),
            models.CheckConstraint(condition=Q(code__in=PhaseCode.values), name="competitions_phase_known"),
        ]
        indexes = [models.Index(fields=["code", "opens_at", "closes_at"], name="competitions_phase_idx")]

    @property
    def window(self):
        return Window(self.code, self.opens_at, self.closes_at)


class CompetitionChange(AppendOnly):
    """An act of an organiser, a checker or a publisher: who, when, what, why. Names are values.

    `act` is a stable code (made, sent_for_approval, extended, judge_added, judge_removed, assigned,
    stage_closed, stage_reopened, drafted, checked, returned, published, award_withdrawn, vote_voided, …).
    """

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    act = models.CharField(max_length=30)
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("act on a competition")
        ordering = ["at", "pk"]
