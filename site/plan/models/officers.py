"""Officers the ward has put in charge of a field by a decision (II.2.e, V.5)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Dated, Staff

from .books import BookEntry


class OfficerField(models.TextChoices):
    """The four the plan names."""

    SCIENCE = "science", _("science and technology")
    DIGITAL = "digital", _("digital transformation")
    INNOVATION = "innovation", _("innovation")
    PROJECT_06 = "project_06", _("Project 06")


class Officer(BookEntry, Dated):
    """One person in charge of one or more fields, from a day to a day. `title` keeps the name as a value."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name=_("official"))
    position = models.CharField(_("position"), max_length=120, blank=True)  # as it was on the day
    fields = models.JSONField(_("fields"), default=list)  # codes of OfficerField
    is_dedicated = models.BooleanField(_("dedicated to it"), default=False)
    decision_number = models.CharField(_("number of the decision"), max_length=40)
    decided_on = models.DateField(_("day of the decision"))
    review_on = models.DateField(_("to be reviewed by"))
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("officer in charge")
        constraints = [
            models.CheckConstraint(
                condition=Q(end_before__isnull=True) | Q(end_before__gt=F("start_on")),
                name="plan_officer_dates",
            )
        ]

    @property
    def field_labels(self):
        """In the plan's order."""
        return [field.label for field in OfficerField if field.value in self.fields]
