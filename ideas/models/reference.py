"""What dossiers refer to: fields of application, review rounds, rubrics, running numbers."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scoring.models import RubricBase


class Field(models.Model):
    """Lĩnh vực áp dụng."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("field of application")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name


class Rubric(RubricBase):
    """The criteria initiatives are judged by; one version is fixed once a round uses it."""

    class Meta(RubricBase.Meta):
        abstract = False
        verbose_name = _("rubric")


class RoundQuerySet(models.QuerySet):
    def open_at(self, moment):
        """Rounds whose window contains `moment`: the opening moment is in, the closing one is out."""
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)


class Round(models.Model):
    """Đợt xét: a half-open window for submissions, the council that judges, the rubric it uses."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    scoring_due_on = models.DateField(_("score sheets due"), null=True, blank=True)
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="rounds", verbose_name=_("rubric"))
    appointment = models.ForeignKey(
        "ideas.Appointment", models.PROTECT, related_name="rounds", verbose_name=_("council")
    )
    is_sample = models.BooleanField(default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("review round")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="ideas_round_key"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="ideas_round_window"),
        ]

    def __str__(self):
        return _("Round %(number)s of %(year)s") % {"number": self.number, "year": self.year}

    def is_open_at(self, moment):
        return self.opens_at <= moment < self.closes_at

    @property
    def is_open(self):
        return self.is_open_at(timezone.now())


class Counter(models.Model):
    """The last number given in a series, e.g. `initiative:2026`. Numbers are taken under a row lock."""

    series = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    @classmethod
    def take(cls, series):
        """The next number of `series`. Call inside the transaction that uses it: no gap after a rollback."""
        cls.objects.get_or_create(series=series)
        row = cls.objects.select_for_update().get(series=series)
        row.last += 1
        row.save(update_fields=["last"])
        return row.last
