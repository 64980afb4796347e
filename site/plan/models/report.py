"""Reports of the units on the plan: the periods they speak of, what each unit sent, version by version."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Unit
from trust.append_only import AppendOnly

from .parts import Line


class PeriodKind(models.TextChoices):
    """What the plan asks for: two a year, a review in 2028, the final one in 2030, others on request."""

    SIX_MONTHS = "six_months", _("six-month report")
    YEAR = "year", _("yearly report")
    AD_HOC = "ad_hoc", _("ad-hoc report")
    INTERIM_REVIEW = "interim_review", _("interim review")
    FINAL_REVIEW = "final_review", _("final review")


class ReportPeriod(models.Model):
    """One time for which reports are due. It speaks of `[from_day, to_day]`, with figures as they stand on
    `cut_off`; `last_day` is the last day in time ("before 10/6" is 9/6)."""

    code = models.CharField(
        _("code"), max_length=40, unique=True
    )  # 2026-nam, 2027-6-thang: part of addresses
    kind = models.CharField(_("kind"), max_length=20, choices=PeriodKind.choices)
    title = models.CharField(_("title"), max_length=200)
    from_day = models.DateField(_("from"))
    to_day = models.DateField(_("to"))
    cut_off = models.DateField(_("figures as of"))
    last_day = models.DateField(_("last day to send"))
    instructions = models.TextField(_("what units should attend to"), blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report period")
        ordering = ["last_day", "code"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("plan:report_board", args=[self.code])

    @property
    def year(self):
        """The year its figures are of."""
        return self.cut_off.year


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "submitted")
    RETURNED = "returned", pgettext_lazy("report", "returned")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")
    EXCUSED = "excused", pgettext_lazy("report", "not to be sent")


OPEN = (ReportState.DRAFT, ReportState.RETURNED)  # the unit owes it
FILED = (ReportState.SUBMITTED, ReportState.ACCEPTED)


class UnitReport(models.Model):
    """One unit's report of a period. Code and name are values: units are renamed and merged, reports stay."""

    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_code = models.CharField(max_length=30)
    unit_name = models.CharField(max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT, db_index=True
    )
    answers = models.JSONField(default=dict)  # what was typed so far
    edit_version = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(_("first submitted"), null=True, blank=True)
    is_late = models.BooleanField(_("after its last day"), default=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_for = models.TextField(_("why it was returned"), blank=True)
    resend_by = models.DateField(_("to be sent again by"), null=True, blank=True)
    excused_for = models.TextField(_("why none is to be sent"), blank=True)
    taken_over_by = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reported by")
    )
    taken_over_by_name = models.CharField(max_length=200, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("unit's report")
        ordering = ["period", "unit__order", "unit_code"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="plan_one_report_a_period")]

    def __str__(self):
        return f"{self.period_id} {self.unit_code}"

    def get_absolute_url(self):
        return reverse("plan:report", args=[self.pk])

    @property
    def due_on(self):
        """The last day in time: of the period, or the one a returned report was given."""
        return self.resend_by or self.period.last_day

    @property
    def name_now(self):
        """The unit's own name while it writes; afterwards the one it reported under."""
        return self.unit.name if self.is_open else self.unit_name

    @property
    def is_open(self):
        """Whether the unit has it in hand."""
        return self.state in OPEN


class ReportVersion(AppendOnly):
    """What a unit sent, frozen: canonical JSON (`plan/reports/payload`), its SHA-256, that day's roll."""

    report = models.ForeignKey(UnitReport, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("submitted version of a report")
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="plan_report_version")]


class ReportChange(Line):
    """What happened to a report, in order; a late filing says so here."""

    report = models.ForeignKey(UnitReport, models.PROTECT, related_name="changes")

    class Meta(Line.Meta):
        verbose_name = _("change of a report")
