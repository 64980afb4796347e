"""Sổ theo dõi: what is written beside the record itself, what goes to the city, what was taken there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from trust.append_only import AppendOnly

from .initiative import Initiative
from .reference import Round


class RegisterNote(models.Model):
    """What the secretary writes into two columns of the register; all else there is the record's own."""

    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="register_note")
    reward = models.CharField(_("commendation, remuneration"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    edit_version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("note in the register")


class CitySending(models.Model):
    """A recognised initiative chosen for the city's council. `batch` is the round's submission paper it goes
    with: once that paper is registered the batch is closed, and whatever is chosen later makes the next."""

    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="city_sending")
    round = models.ForeignKey(Round, models.PROTECT, related_name="city_sendings")
    batch = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField()
    chosen_by_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("initiative for the city")
        ordering = ["round", "batch", "initiative__code"]


class CityPackage(AppendOnly):
    """A line of the log of packages for the city: who took which files, and when. Names are values."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="city_packages")
    batch = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120)
    actor_code = models.CharField(max_length=30, blank=True)
    codes = models.JSONField(default=list)  # of the dossiers in it
    files = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    manifest_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("package for the city")
        ordering = ["-at", "-pk"]


class YearReport(models.Model):
    """The words of a year's report that no record knows: what was difficult, what is proposed."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    difficulties = models.TextField(_("difficulties"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    edit_version = models.PositiveIntegerField(default=0)
    written_by_name = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report of a year")
        ordering = ["-year"]
