"""The quiz: its bank of questions, and one sitting of one entry."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .entry import Entry
from .page import CompetitionPage
from .participant import Participant


class Question(models.Model):
    competition = models.ForeignKey(CompetitionPage, models.CASCADE, related_name="questions")
    text = models.TextField(_("question"), max_length=1000)
    explanation = models.TextField(_("why this answer is right"), max_length=1000, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question")
        ordering = ["order", "pk"]


class Choice(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    text = models.CharField(_("answer"), max_length=400)
    is_right = models.BooleanField(_("right"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("answer to choose")
        ordering = ["order", "pk"]


class Sitting(models.Model):
    """One quiz under way or over. The questions, their order and that of their answers are drawn at the start
    and kept as keys; the server's clock ends it."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="sitting")
    # Of the entry and its leader, for the constraint: an entry withdrawn and made anew is no second try.
    competition = models.ForeignKey(CompetitionPage, models.PROTECT, related_name="sittings")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="sittings")
    paper = models.JSONField()  # [[question pk, [choice pk, …]], …] as this person sees them
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    right = models.PositiveSmallIntegerField(null=True)  # marks, given when it is handed in
    seconds = models.PositiveIntegerField(null=True)  # taken; breaks ties

    class Meta:
        verbose_name = _("quiz sitting")
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "participant"], name="competitions_one_sitting_each"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | Q(right__isnull=False, seconds__isnull=False),
                name="competitions_sitting_marked",
            ),
        ]


class Answer(models.Model):
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(fields=["sitting", "question"], name="competitions_answer_once")
        ]
