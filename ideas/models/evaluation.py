"""Score sheets, conflicts of interest, and the result once it is frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Staff
from scoring.models import PointBase, SheetBase, SheetState
from trust.append_only import AppendOnly

from .council import Seat
from .dossier import SubmittedVersion
from .initiative import Initiative


class ScoreSheetQuerySet(models.QuerySet):
    def of(self, staff):
        """The sheets a person fills or filled."""
        return self.filter(staff=staff) if staff else self.none()

    def current(self):
        """Sheets of the evaluation under way or last closed, not of an earlier one."""
        return self.filter(evaluation_number=models.F("initiative__evaluation_number"))

    def in_force(self):
        return self.exclude(state__in=(SheetState.RECUSED, SheetState.VOID))


class ScoreSheet(SheetBase):
    """One seat's sheet for one evaluation of one dossier, filled by the holder or an alternate."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="sheets")
    evaluation_number = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="sheets")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="score_sheets")
    alternate = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(SubmittedVersion, models.PROTECT, related_name="sheets")
    # When its member said that nothing connects them with the dossier; no point is entered before.
    no_conflict_at = models.DateTimeField(_("no conflict declared at"), null=True, blank=True)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta(SheetBase.Meta):
        abstract = False
        ordering = ["seat__number", "pk"]
        constraints = [
            *SheetBase.Meta.constraints,
            models.UniqueConstraint(
                fields=["initiative", "evaluation_number", "seat"],
                condition=~Q(state__in=["recused", "void"]),
                name="ideas_one_sheet_per_seat",
            ),
            models.UniqueConstraint(
                fields=["initiative", "evaluation_number", "staff"],
                condition=~Q(state__in=["recused", "void"]),
                name="ideas_one_sheet_per_person",
            ),
        ]
        indexes = [models.Index(fields=["staff", "state"], name="ideas_sheet_staff_idx")]

    def get_absolute_url(self):
        return f"/sang-kien/phieu-cham/{self.pk}/"

    @property
    def waits_for_declaration(self):
        """Whether its member has yet to say that no conflict of interest stands between."""
        return self.is_open and self.no_conflict_at is None


class SheetPoint(PointBase):
    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="points")

    class Meta(PointBase.Meta):
        abstract = False


class Conflict(models.Model):
    """A member's declared conflict of interest in one dossier. Authors need none: the data shows it."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="conflicts")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reason = models.CharField(_("what connects you with it"), max_length=500)
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("conflict of interest")
        constraints = [models.UniqueConstraint(fields=["initiative", "staff"], name="ideas_conflict_once")]


class FrozenResult(AppendOnly):
    """The result of one closing: canonical JSON with its SHA-256; columns repeat what lists sort by."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="results")
    evaluation_number = models.PositiveSmallIntegerField()
    sequence = models.PositiveSmallIntegerField()  # a reopened evaluation is frozen again
    frozen_at = models.DateTimeField()
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)
    submitted = models.PositiveSmallIntegerField()
    expected = models.PositiveSmallIntegerField()
    mean = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    median = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    spread = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    grade = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    has_disagreement = models.BooleanField(default=False)
    for_city = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("frozen result")
        ordering = ["evaluation_number", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "evaluation_number", "sequence"], name="ideas_result_once"
            )
        ]
