"""Rubric, judges, sheets, what a stage came to. Sheets and rubric are those of `scoring`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User
from scoring.models import PointBase, RubricBase, SheetBase
from trust.append_only import AppendOnly

from .entry import Entry, EntryVersion
from .page import CompetitionPage


class Stage(models.TextChoices):
    """Sơ khảo, chung khảo; the same codes as the phases they are judged in."""

    PRELIMINARY = "preliminary", pgettext_lazy("stage", "preliminary round")
    FINAL = "final", pgettext_lazy("stage", "final round")


class EntryRubric(RubricBase):
    class Meta(RubricBase.Meta):
        abstract = False


class Judge(models.Model):
    """A seat in the jury of one competition; given up, it keeps its row."""

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="judges")
    user = models.ForeignKey(User, models.PROTECT, related_name="judge_seats")
    appointed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("judge")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "user"],
                condition=Q(ended_at__isnull=True),
                name="competitions_judge_once",
            )
        ]


class StageRun(models.Model):
    """A stage of a competition under way: assigned, closed, perhaps reopened."""

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="stage_runs")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    assigned_at = models.DateTimeField(null=True)
    seed = models.CharField(max_length=32, blank=True)  # with it the hand-out can be drawn again
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("stage")
        constraints = [
            models.UniqueConstraint(fields=["competition", "stage"], name="competitions_stage_once")
        ]


class EntrySheet(SheetBase):
    """One judge's sheet for one entry in one stage. Judges see the blind code, never names."""

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    version = models.ForeignKey(EntryVersion, models.PROTECT, related_name="sheets")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="sheets")

    class Meta(SheetBase.Meta):
        abstract = False
        ordering = ["entry__blind_code", "pk"]
        constraints = [
            *SheetBase.Meta.constraints,
            models.UniqueConstraint(
                fields=["entry", "stage", "judge"],
                condition=~Q(state__in=["recused", "void"]),
                name="competitions_one_sheet_per_judge",
            ),
        ]
        indexes = [models.Index(fields=["judge", "state"], name="competitions_sheet_judge_idx")]

    def get_absolute_url(self):
        return f"/cuoc-thi/cham/{self.pk}/"


class EntryPoint(PointBase):
    sheet = models.ForeignKey(EntrySheet, models.CASCADE, related_name="points")

    class Meta(PointBase.Meta):
        abstract = False


class JudgeConflict(models.Model):
    """What connects a judge with an entry, as they declared it."""

    judge = models.ForeignKey(Judge, models.PROTECT, related_name="conflicts")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="conflicts")
    reason = models.CharField(_("what connects you with it"), max_length=500)
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("conflict of interest")
        constraints = [models.UniqueConstraint(fields=["judge", "entry"], name="competitions_conflict_once")]


class StageResult(AppendOnly):
    """What a stage came to at one closing: every entry's figures as canonical JSON with its SHA-256."""

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="stage_results")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    sequence = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField()
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("result of a stage")
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "stage", "sequence"], name="competitions_stage_result_once"
            )
        ]


class Finalist(models.Model):
    """An entry of the shortlist, by rank or, at a tie, by the organiser's written choice."""

    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="finalist_rows")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="finalist")
    rank = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)  # why this one of several that tied

    class Meta:
        verbose_name = _("finalist")
        ordering = ["rank", "pk"]
