"""Hội đồng sáng kiến: who sits on it by which decision, and who decides for the ward."""

from fractions import Fraction

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Dated, Staff, User
from trust.append_only import AppendOnly

TWO_THIRDS = Fraction(2, 3)


class SeatRole(models.TextChoices):
    CHAIR = "chair", _("council chair")
    VICE_CHAIR = "vice_chair", _("council vice chair")
    SECRETARY = "secretary", _("council secretary")
    MEMBER = "member", _("council member")
    ALTERNATE = "alternate", _("alternate")


class Appointment(Dated):
    """A decision that names the council for a term. Shares are of all voting seats, unfilled ones too."""

    decision_number = models.CharField(_("decision number"), max_length=60)
    decided_on = models.DateField(_("decision date"))
    # Percent of seats that must agree; the law's floor is two thirds, stored as 0 (legal.md §1.4).
    stricter_percent = models.PositiveSmallIntegerField(
        _("stricter share of seats, percent (0: two thirds)"),
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("council appointment")
        ordering = ["-start_on"]

    def __str__(self):
        return self.decision_number

    @property
    def agreeing_share(self):
        """The share of seats that must agree, never under two thirds (TT 18/2013 Đ8)."""
        return max(TWO_THIRDS, Fraction(self.stricter_percent, 100))


class Seat(models.Model):
    """A seat of the council. A seat may be empty and still counts."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(_("number"))
    role = models.CharField(_("seat"), max_length=12, choices=SeatRole.choices)
    staff = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("holder")
    )

    class Meta:
        verbose_name = _("seat")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "number"], name="ideas_seat_number"),
            models.UniqueConstraint(
                fields=["appointment", "staff"],
                condition=Q(staff__isnull=False),
                name="ideas_one_seat_per_person",
            ),
            models.UniqueConstraint(
                fields=["appointment", "role"],
                condition=Q(role__in=["chair", "vice_chair", "secretary"]),
                name="ideas_one_chair_vice_chair_secretary",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.get_role_display()}"

    @property
    def is_voting(self):
        return self.role != SeatRole.ALTERNATE


class Delegation(Dated):
    """The head's recorded delegation by which a deputy decides and signs KT. (phó chủ tịch)."""

    deputy = models.ForeignKey(Staff, models.PROTECT, related_name="delegations", verbose_name=_("deputy"))
    document_number = models.CharField(_("document number"), max_length=60)

    class Meta:
        verbose_name = _("delegation")

    def clean(self):
        if self.end_before is None:
            raise ValidationError({"end_before": _("Say when the delegation ends.")})


class CouncilChange(AppendOnly):
    """A line of the log of appointments, rounds and delegations: who changed what, from what to what.

    Names are values: they outlive the account. `user` is not constrained in the database.
    """

    class Kind(models.TextChoices):
        APPOINTMENT = "appointment", _("council appointment")
        ROUND = "round", _("review round")
        DELEGATION = "delegation", _("delegation")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    object_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=120)
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of the council's records")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "object_id"], name="ideas_council_change_idx")]
