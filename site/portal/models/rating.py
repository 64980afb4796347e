"""How useful readers found a page: counted by day, nothing about who answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", pgettext_lazy("useful", "No")


class RatedPage(models.Model):
    """A public address somebody rated, of the page tree or of the portal itself, with its title of then."""

    path = models.CharField(max_length=500, unique=True)
    title = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("rated page")
        verbose_name_plural = _("rated pages")

    def __str__(self):
        return self.title


class PageRating(models.Model):
    """How often `answer` was given about a page on a local day."""

    page = models.ForeignKey(RatedPage, models.CASCADE, related_name="ratings")
    day = models.DateField(db_index=True)
    answer = models.CharField(max_length=6, choices=Answer.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day", "answer"], name="portal_rating_key")]
