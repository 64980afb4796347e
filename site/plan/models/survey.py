"""How satisfied people are with the service of a place: asked by a kiosk or a QR code, without a name.

An answer holds no address, account, cookie or exact time: the hour alone.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Unit
from trust.append_only import AppendOnly

from ..survey.access import PointQuerySet
from .parts import Line


class ServiceField(models.TextChoices):
    """What people came for."""

    CIVIL_STATUS = "civil_status", _("civil status")
    CERTIFICATION = "certification", _("certification of copies and signatures")
    LAND = "land", _("land, construction, environment")
    BUSINESS = "business", _("household business")
    SOCIAL = "social", _("social protection, people with merit")
    RESIDENCE = "residence", _("residence, identity")
    OTHER = "other", pgettext_lazy("service", "something else")


class Level(models.IntegerChoices):
    VERY_BAD = 1, _("Very dissatisfied")
    BAD = 2, _("Dissatisfied")
    FAIR = 3, _("Neither satisfied nor dissatisfied")
    GOOD = 4, _("Satisfied")
    VERY_GOOD = 5, _("Very satisfied")


class Way(models.TextChoices):
    QR = "qr", pgettext_lazy("survey", "QR code")
    KIOSK = "kiosk", pgettext_lazy("survey", "kiosk")


class SurveyPoint(models.Model):
    """A place where people are asked. Its code stands on the poster; one that is off takes no answers."""

    code = models.CharField(_("code"), max_length=8, unique=True, editable=False)
    name = models.CharField(_("name of the point"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    is_active = models.BooleanField(_("takes answers"), default=True)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey point")
        ordering = ["unit__order", "name", "pk"]

    def __str__(self):
        return self.name


class SurveyAnswer(AppendOnly):
    """One answer. `once_key` is random and of the page alone: pressing twice counts once."""

    point = models.ForeignKey(SurveyPoint, models.PROTECT, related_name="answers")
    hour = models.DateTimeField(_("hour"), db_index=True)  # minutes and seconds are not kept
    level = models.PositiveSmallIntegerField(_("satisfaction"), choices=Level.choices)
    service_field = models.CharField(
        _("what it was about"), max_length=20, choices=ServiceField.choices, blank=True
    )
    way = models.CharField(max_length=5, choices=Way.choices)
    once_key = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("answer of the survey")
        ordering = ["hour", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1) & Q(level__lte=5), name="plan_survey_level")
        ]
        indexes = [models.Index(fields=["point", "hour"], name="plan_survey_point_hour")]


class SurveyComment(models.Model):
    """What was written beside an answer. Hiding one erases its text; the row says that it was there."""

    answer = models.OneToOneField(SurveyAnswer, models.PROTECT, primary_key=True, related_name="comment")
    text = models.TextField(_("comment"))
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hidden_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("comment of the survey")


class SurveyChange(Line):
    """What was done to a point or a comment of it."""

    point = models.ForeignKey(SurveyPoint, models.PROTECT, related_name="changes")

    class Meta(Line.Meta):
        verbose_name = _("change of a survey point")
