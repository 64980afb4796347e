"""Whoever enters or votes, known by a verified address or an account; one row a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User

from .entry import Entry


class Participant(models.Model):
    """A person, with no more than the rules of a competition ask for. Two spellings of one mailbox share
    `email_key` (`competitions.addresses`), so they are one person."""

    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="participant")
    email = models.EmailField(_("e-mail"), blank=True)
    email_key = models.CharField(max_length=254, null=True, blank=True, unique=True, editable=False)
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    place = models.CharField(_("residential group or workplace"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("participant")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(email_key__isnull=False),
                name="competitions_participant_known",
            )
        ]

    def __str__(self):
        return self.full_name or self.email


class EmailCode(models.Model):
    """A one-time code sent to an address, kept as its hash. Used, expired and guessed-at codes are dead."""

    email = models.EmailField()
    email_key = models.CharField(max_length=254, db_index=True)
    code_hash = models.CharField(max_length=128)
    purpose = models.CharField(max_length=20)  # what the visitor was about to do: enter, vote, mine
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("one-time code")
        ordering = ["-made_at", "-pk"]


class Invitation(models.Model):
    """Somebody is asked to join the team of an entry; they answer for themselves."""

    class Answer(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("invitation", "not answered yet")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "declined")
        TAKEN_BACK = "taken_back", pgettext_lazy("invitation", "taken back")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="invitations")
    full_name = models.CharField(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    email_key = models.CharField(max_length=254, db_index=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "email_key"], condition=Q(answer="waiting"), name="competitions_invited_once"
            )
        ]
