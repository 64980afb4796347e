"""Prizes, and the results from draft to publication."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from papers.models import Certificate
from people.models import User

from .entry import Entry
from .page import CompetitionPage
from .participant import Participant


class PrizeKind(models.TextChoices):
    RANKED = "ranked", pgettext_lazy("prize", "by rank")
    FAVOURITE = "favourite", pgettext_lazy("prize", "most votes of the public")


class Prize(models.Model):
    """A prize of the announced structure (Điều 9): name, how many, how much."""

    competition = models.ForeignKey(CompetitionPage, models.CASCADE, related_name="prizes")
    name = models.CharField(_("name of the prize"), max_length=80)
    kind = models.CharField(max_length=9, choices=PrizeKind.choices, default=PrizeKind.RANKED)
    count = models.PositiveSmallIntegerField(_("how many"), default=1)
    amount = models.PositiveIntegerField(_("amount of one (VND)"), default=0)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("prize")
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="competitions_prize_count")]


class ResultState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("results", "draft")
    CHECKED = "checked", pgettext_lazy("results", "checked")
    PUBLISHED = "published", pgettext_lazy("results", "published")


class Signer(models.TextChoices):
    """Who signs the decision and the certificates."""

    HEAD = "head", pgettext_lazy("signs", "the head of the ward")
    DEPUTY = "deputy", pgettext_lazy("signs", "a deputy for the head")


class ResultList(models.Model):
    """The results of one competition: drafted by one person, checked by another, published in one step."""

    competition = models.OneToOneField(CompetitionPage, models.PROTECT, related_name="result_list")
    state = models.CharField(max_length=9, choices=ResultState.choices, default=ResultState.DRAFT)
    payload = models.TextField()  # the whole ranking with all it rests on, canonical JSON
    sha256 = models.CharField(max_length=64)
    note = models.TextField(_("remarks for the public"), blank=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decision_on = models.DateField(_("decision date"), null=True, blank=True)
    signed_as = models.CharField(_("signed by"), max_length=6, choices=Signer.choices, default=Signer.HEAD)
    signer_name = models.CharField(_("name of who signed"), max_length=120, blank=True)
    drafted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    drafted_by_name = models.CharField(max_length=120)
    drafted_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_by_name = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("results")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(checked_at__isnull=False), name="competitions_result_checked"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="competitions_result_published",
            ),
        ]


class Award(models.Model):
    """A prize given to an entry. Taken away later (a withdrawn winner) it keeps its row and says why."""

    result_list = models.ForeignKey(ResultList, models.PROTECT, related_name="awards")
    prize = models.ForeignKey(Prize, models.PROTECT, related_name="awards")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="awards")
    reason = models.TextField(_("why, where the ranking alone does not say it"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("award")
        ordering = ["prize__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prize", "entry"],
                condition=Q(withdrawn_at__isnull=True),
                name="competitions_award_once",
            )
        ]


class AwardCertificate(models.Model):
    """The certificate of one person of a winning entry; who they were at publication stays known by it."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="certificates")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="certificates")
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="of_award")

    class Meta:
        verbose_name = _("certificate of a prize")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["award", "participant"], name="competitions_certificate_once")
        ]
