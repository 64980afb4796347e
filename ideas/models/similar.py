"""What submitted dossiers are compared by, and how initiatives hang together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User

from .initiative import Initiative


class ComparedText(models.Model):
    """One row for each dossier that was ever submitted, written with the submission (`similarity.kept`).

    It holds what was submitted last, never what is being written: a draft is compared with nobody's search.
    """

    initiative = models.OneToOneField(
        Initiative, models.CASCADE, primary_key=True, related_name="compared_text"
    )
    scheme = models.PositiveSmallIntegerField()  # how words and marks were made: `similarity.words.SCHEME`
    title = models.CharField(max_length=500)  # as submitted, for showing
    title_words = models.TextField(blank=True)
    problem_words = models.TextField(blank=True)
    solution_words = models.TextField(blank=True)
    title_marks = models.BinaryField()
    text_marks = models.BinaryField()

    class Meta:
        verbose_name = _("what a dossier is compared by")


class LinkKind(models.TextChoices):
    SIMILAR = "similar", pgettext_lazy("link of initiatives", "similar to")
    CONTINUES = "continues", pgettext_lazy("link of initiatives", "continues")
    PART_OF = "part_of", pgettext_lazy("link of initiatives", "part of")


class InitiativeLink(models.Model):
    """`source` is similar to, continues or is part of `target`: stated by the secretary, taken back with a
    reason, never deleted. Names are values: they outlive the account.

    "Similar" goes both ways and is kept once, the lower key as source.
    """

    source = models.ForeignKey(Initiative, models.PROTECT, related_name="links_from")
    target = models.ForeignKey(Initiative, models.PROTECT, related_name="links_to")
    kind = models.CharField(_("how they hang together"), max_length=10, choices=LinkKind.choices)
    note = models.TextField(_("note"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=120)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by_name = models.CharField(max_length=120, blank=True)
    taken_back_reason = models.TextField(_("why it was taken back"), blank=True)

    class Meta:
        verbose_name = _("link between initiatives")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                condition=Q(taken_back_at__isnull=True),
                name="ideas_linked_once",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="ideas_not_linked_to_itself"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | ~Q(taken_back_reason=""),
                name="ideas_link_taken_back_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.source_id} {self.kind} {self.target_id}"
