"""The library of models (mô hình điển hình): what was done well, how to do it again, where that happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Dated, Unit

from .books import BookEntry
from .groups import named


class ShowcaseState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("showcase", "draft")
    PUBLISHED = "published", pgettext_lazy("showcase", "published")


class Showcase(BookEntry):
    """A unit writes it, a coordinator publishes it. Its address keeps its slug for life."""

    slug = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    where = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("residential group or unit"),
    )
    text = models.TextField(_("what it is"))
    who = models.TextField(_("who did it"), blank=True)
    results = models.TextField(_("results"), blank=True)
    how_to = models.TextField(_("how to do it again"), blank=True)
    initiative_code = models.CharField(_("code of the recognised initiative"), max_length=20, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ShowcaseState.choices, default=ShowcaseState.DRAFT, db_index=True
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("model example")

    @property
    def place(self):
        return named(self.where or self.unit)

    def get_absolute_url(self):
        return f"/ke-hoach/mo-hinh/{self.slug}/"


class Replication(Dated):
    """Nhân rộng: a place that does it too, since a day."""

    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="replications")
    place = models.CharField(_("where"), max_length=200)
    note = models.TextField(_("how it goes there"), blank=True)

    class Meta:
        verbose_name = _("replication")
        ordering = ["start_on", "pk"]
