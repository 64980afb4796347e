"""Ý tưởng của người dân: what was sent, how its sender can be reached, what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ideas.suggestions.access import IdeaQuerySet
from people.models import Unit, User
from trust.append_only import AppendOnly

from .initiative import Initiative


class IdeaState(models.TextChoices):
    """From the letter box to an answer; `closed` is without one: spam, or sent before."""

    RECEIVED = "received", pgettext_lazy("idea", "received")
    ASSIGNED = "assigned", pgettext_lazy("idea", "with a unit")
    ANSWERED = "answered", pgettext_lazy("idea", "answered")
    CLOSED = "closed", pgettext_lazy("idea", "closed without an answer")


class IdeaOutcome(models.TextChoices):
    """What the answer comes to."""

    WILL_DO = "will_do", pgettext_lazy("idea", "will be done")
    WILL_STUDY = "will_study", pgettext_lazy("idea", "will be studied")
    DONE_ALREADY = "done_already", pgettext_lazy("idea", "already being done")
    NOT_NOW = "not_now", pgettext_lazy("idea", "cannot be done now")


class CloseReason(models.TextChoices):
    SPAM = "spam", pgettext_lazy("idea", "no idea in it (advertising, nonsense)")
    DUPLICATE = "duplicate", pgettext_lazy("idea", "sent before")


class Idea(models.Model):
    """An idea as it was sent, its way through the ward, its answer.

    `number` names it inside and, once published, outside; `code` (80 random bits) opens its tracking page and
    stands nowhere else. Neither name nor address of the sender is here: see `IdeaContact`.
    """

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    code = models.CharField(_("tracking code"), max_length=16, unique=True, editable=False)
    form_key = models.CharField(max_length=64, unique=True, editable=False)  # the page it was sent from
    text_key = models.CharField(max_length=64, db_index=True, editable=False)  # the same words again

    trouble = models.TextField(_("what troubles people"))
    proposal = models.TextField(_("what is proposed"))
    place = models.CharField(_("where"), max_length=250, blank=True)
    received_at = models.DateTimeField(_("received at"), db_index=True)
    answer_due_on = models.DateField(_("answer due"))
    is_sample = models.BooleanField(default=False)

    state = models.CharField(
        _("state"), max_length=10, choices=IdeaState.choices, default=IdeaState.RECEIVED, db_index=True
    )
    state_since = models.DateTimeField()
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    assigned_at = models.DateTimeField(null=True, blank=True)

    outcome = models.CharField(_("outcome"), max_length=12, choices=IdeaOutcome.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_for = models.CharField(max_length=200, blank=True)  # the unit's name as it was
    close_reason = models.CharField(_("why closed"), max_length=10, choices=CloseReason.choices, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("sent before"),
    )

    # What everybody reads, in the ward's words: a resident's own text may name people.
    is_public = models.BooleanField(_("published"), default=False)
    public_title = models.CharField(_("title for the public list"), max_length=200, blank=True)
    public_text = models.TextField(_("the idea as everybody reads it"), blank=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea of a resident")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | (Q(state="answered") & ~Q(public_title="")),
                name="ideas_public_idea_is_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(answer="") & ~Q(outcome="")),
                name="ideas_answered_idea_has_answer",
            ),
        ]
        indexes = [models.Index(fields=["state", "answer_due_on"], name="ideas_idea_due_idx")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        """Its page inside; what the public may read has `suggestions.published.address_of`."""
        return f"/y-tuong/xu-ly/{self.number}/"

    @property
    def subject(self):
        """Under which key its consents and obligations are kept."""
        return f"idea:{self.pk}"


class IdeaContact(models.Model):
    """How the sender can be told or named: kept apart, so that no list or page loads it by the way, and
    erased when consent is withdrawn or the time told in the consent is over."""

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="contact")
    name = models.CharField(_("full name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("contact of a sender")


class IdeaEntry(AppendOnly):
    """One step of an idea. Names are values: they outlive the account."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    step = models.CharField(max_length=24)
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120, blank=True)
    actor_code = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("step of an idea")
        ordering = ["at", "pk"]


class IdeaGrowth(models.Model):
    """The dossier an idea grew into. An idea may grow again once an earlier dossier came to nothing."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="growths")
    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="growth")
    started_at = models.DateTimeField()

    class Meta:
        verbose_name = _("growth of an idea")
        ordering = ["started_at", "pk"]
