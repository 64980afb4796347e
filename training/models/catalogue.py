"""What is taught, and which requirement of which year it counts for."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Unit

# NĐ 224/2026/NĐ-CP, Điều 77: the seven groups of digital skills, by number as the workbooks write them.
TOPICS = {
    1: _("a. General knowledge of digital transformation"),
    2: _("b. Devices, software, digital services"),
    3: _("c. Data and information"),
    4: _("d. Communication and collaboration"),
    5: _("đ. Digital content creation"),
    6: _("e. Safety and network security"),
    7: _("g. Problem solving"),
}


class Requirement(models.Model):
    """What officials have to be trained in. `categories` are codes of people.Category, the default scope."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    categories = models.JSONField(_("categories"), default=list)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("requirement")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name


class RequirementYear(models.Model):
    """The policy of a requirement in a year, where it differs from the defaults (training.md §1)."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField(_("year"))
    categories = models.JSONField(_("categories"), default=list)
    units_in = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("units in scope"))
    units_out = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("units left out"))
    min_minutes = models.PositiveSmallIntegerField(_("least minutes"), default=1)
    min_available_days = models.PositiveSmallIntegerField(_("least days available"), default=30)
    due_on = models.DateField(_("due on"))
    evaluation_on = models.DateField(_("evaluation on"))
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("policy of a year")
        constraints = [
            models.UniqueConstraint(fields=["requirement", "year"], name="training_policy_key"),
            models.CheckConstraint(condition=Q(min_minutes__gte=1), name="training_policy_minutes"),
        ]

    def save(self, *args, **kwargs):
        self.due_on = self.due_on or date(self.year, 11, 30)
        self.evaluation_on = self.evaluation_on or date(self.year, 12, 1)
        super().save(*args, **kwargs)


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("in a room")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("room and online")


class Course(models.Model):
    """A course of the catalogue. `topics` are numbers of TOPICS, 1 to 7 of them, sorted."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("what is learned"), blank=True)
    topics = models.JSONField(_("groups of content"), default=list)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    mode = models.CharField(_("form"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    is_active = models.BooleanField(_("offered"), default=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("course")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="training_course_level")
        ]

    def __str__(self):
        return self.name


class RequirementCourse(models.Model):
    """The course counts for the requirement in the year. Every writer sets a whole product of requirements
    and years (`catalogue.set_counting`), because that is what one row of the workbook can say."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="courses")
    year = models.PositiveSmallIntegerField()
    course = models.ForeignKey(Course, models.PROTECT, related_name="counting")

    class Meta:
        verbose_name = _("course that counts")
        constraints = [
            models.UniqueConstraint(fields=["requirement", "year", "course"], name="training_counting_key")
        ]
