"""Ủy viên phụ trách: who of the scoring seats presents a dossier, and their written comment."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Staff, User

from .evaluation import ScoreSheet
from .initiative import Initiative
from .reference import Round


class LeadBatch(models.Model):
    """One assignment of lead members: by hand, by a proposal whose seed draws it again, or from a workbook.

    Names are values: they outlive the account.
    """

    class How(models.TextChoices):
        HAND = "hand", pgettext_lazy("assignment", "by hand")
        PROPOSAL = "proposal", pgettext_lazy("assignment", "balanced proposal")
        WORKBOOK = "workbook", pgettext_lazy("assignment", "from Excel")

    round = models.ForeignKey(Round, models.PROTECT, related_name="lead_batches")
    how = models.CharField(max_length=8, choices=How.choices)
    seed = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("assignment of lead members")
        ordering = ["-pk"]


class LeadQuerySet(models.QuerySet):
    def current(self):
        """Leads of the evaluation under way or last closed, not taken off since."""
        return self.filter(
            removed_by__isnull=True, evaluation_number=models.F("initiative__evaluation_number")
        )

    def in_force(self):
        """Of `current`, those who still score the dossier: a member who stood aside presents nothing."""
        sheets = ScoreSheet.objects.in_force().filter(
            initiative=OuterRef("initiative"),
            evaluation_number=OuterRef("evaluation_number"),
            staff=OuterRef("staff"),
        )
        return self.current().filter(Exists(sheets))


class LeadMember(models.Model):
    """One lead of one dossier. The comment is read by others only after scoring is closed."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="leads")
    evaluation_number = models.PositiveSmallIntegerField()
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(LeadBatch, models.PROTECT, related_name="added")
    removed_by = models.ForeignKey(LeadBatch, models.PROTECT, null=True, blank=True, related_name="removed")
    comment = models.TextField(_("written comment"), blank=True)
    commented_at = models.DateTimeField(null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=0)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead member")
        ordering = ["staff__order_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "evaluation_number", "staff"],
                condition=Q(removed_by__isnull=True),
                name="ideas_lead_once",
            )
        ]
