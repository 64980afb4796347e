"""The yearly work programme "Phường đổi mới sáng tạo" (VII.2)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Unit

from .books import BookEntry
from .parts import Line
from .task import Task


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("programme", "draft")
    ISSUED = "issued", pgettext_lazy("programme", "issued")


class Programme(BookEntry):
    """One of a year. Number, date and signed file stand in the paper (`papers.OfficePaper`)."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2026), MaxValueValidator(2100)]
    )
    purpose = models.TextField(_("purpose"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT
    )
    file_is_public = models.BooleanField(_("everybody may read the signed file"), default=False)

    class Meta:
        verbose_name = _("work programme")


class ProgrammeItem(models.Model):
    """One line of it: what, by which unit, in which month or quarter, with which result."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="items")
    what = models.TextField(_("what is done"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("task of the plan")
    )
    period = models.CharField(_("when"), max_length=4)  # code of programme.periods
    result = models.CharField(_("result expected"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("item of a work programme")
        ordering = ["order", "pk"]


class ProgrammeTermChange(Line):
    """A coordinator set another last day for the programme of each year."""

    class Meta(Line.Meta):
        verbose_name = _("change of the programme’s last day")
