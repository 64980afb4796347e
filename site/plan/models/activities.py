"""What is held for residents: single sessions (buổi) and campaigns (đợt) that gather several."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Dated, Unit

from .books import BookEntry


class SessionKind(models.TextChoices):
    OUTREACH = "outreach", _("outreach to residents")
    TRAINING = "training", _("training for residents")


class Topic(models.TextChoices):
    """The first four are digital skills, what C5 and C8 count (`activities.counting`)."""

    SKILLS = "skills", _("basic digital skills")
    SERVICES = "services", _("online public services")
    SAFETY = "safety", _("safety on the network")
    PAYMENT = "payment", _("cashless payment, electronic commerce")
    INNOVATION = "innovation", _("innovation, initiatives")
    OTHER = "other", pgettext_lazy("topic", "another topic")


class Campaign(BookEntry, Dated):
    """An đợt: sessions of one topic over some time, by one unit."""

    # No way back by the name "campaign": sessions have a field of that name.
    bookentry_ptr = models.OneToOneField(BookEntry, models.CASCADE, parent_link=True, related_name="+")

    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices)
    text = models.TextField(_("what it is about"), blank=True)
    groups = models.ManyToManyField(Unit, related_name="+", blank=True)

    class Meta:
        verbose_name = _("campaign")


class ResidentSession(BookEntry):
    """A buổi. Planned until `people` says how many came; a planned one may stand in the public calendar."""

    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("campaign")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind.choices)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices)
    held_on = models.DateField(_("day"), db_index=True)
    starts_at = models.TimeField(_("starts at"))
    ends_at = models.TimeField(_("ends at"))
    place = models.CharField(_("place"), max_length=200)
    groups = models.ManyToManyField(Unit, related_name="+", blank=True)
    people = models.PositiveIntegerField(_("people who came"), null=True, blank=True)
    text = models.TextField(_("content"), blank=True)
    is_public = models.BooleanField(_("in the public calendar"), default=False)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    class Meta:
        verbose_name = _("residents’ session")
