"""The council meets: who was there, what was on the agenda, how the seats voted."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Staff
from trust.storage import private_storage, private_upload_to

from .council import Appointment, Seat
from .initiative import Initiative


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    OPEN = "open", pgettext_lazy("meeting", "in session")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")


class Meeting(models.Model):
    """Phiên họp. Quorum and votes count seats of the appointment, not people present."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("number in the year"))
    starts_at = models.DateTimeField(_("starts"))
    place = models.CharField(_("place"), max_length=250)
    state = models.CharField(max_length=8, choices=MeetingState.choices, default=MeetingState.PLANNED)
    presided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    conclusion = models.TextField(_("conclusion and proposals"), blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=0)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("council meeting")
        ordering = ["-starts_at"]

    def __str__(self):
        return _("Meeting %(number)s of %(year)s") % {"number": self.number, "year": self.starts_at.year}

    def get_absolute_url(self):
        return f"/sang-kien/hoi-dong/hop/{self.pk}/"


class MeetingAttendance(models.Model):
    """Whether the holder of a seat (alternates too) was present."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    is_present = models.BooleanField(_("present"), default=False)
    reason = models.CharField(_("reason of absence"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="ideas_attendance_once")]


class BallotCounter(models.Model):
    """Tổ kiểm phiếu: a present seat whose holder counts the secret ballots of this meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="counters")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    is_leader = models.BooleanField(_("leads the counting"), default=False)

    class Meta:
        verbose_name = _("ballot counter")
        ordering = ["-is_leader", "seat__number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="ideas_counter_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(is_leader=True), name="ideas_one_leading_counter"
            ),
        ]


class VotingMode(models.TextChoices):
    OPEN = "open", _("open vote")
    SECRET = "secret", _("secret ballot")


class Conclusion(models.TextChoices):
    """What the council proposes about one initiative."""

    RECOGNISE = "recognise", _("recognition proposed")
    DECLINE = "decline", _("recognition not proposed")
    COMPLETE_AGAIN = "complete_again", _("to be completed")


class AgendaItem(models.Model):
    """One initiative on the agenda, and the count of its vote once recorded."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="agenda_items")
    evaluation_number = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField(default=0)
    mode = models.CharField(_("way of voting"), max_length=8, choices=VotingMode.choices, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)  # of the appointment, when recorded
    needed = models.PositiveSmallIntegerField(null=True, blank=True)
    had_quorum = models.BooleanField(null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    # Secret ballot: the tally of the paper ballots, totals only.
    issued = models.PositiveSmallIntegerField(pgettext_lazy("ballot", "issued"), null=True, blank=True)
    returned = models.PositiveSmallIntegerField(pgettext_lazy("ballot", "returned"), null=True, blank=True)
    valid = models.PositiveSmallIntegerField(pgettext_lazy("ballot", "valid"), null=True, blank=True)
    invalid = models.PositiveSmallIntegerField(pgettext_lazy("ballot", "invalid"), null=True, blank=True)
    tally_file = models.FileField(
        storage=private_storage, upload_to=private_upload_to("tallies"), blank=True, max_length=200
    )
    tally_sha256 = models.CharField(max_length=64, blank=True)
    conclusion = models.CharField(_("conclusion"), max_length=16, choices=Conclusion.choices, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "initiative"], name="ideas_agenda_once"),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(votes_for__lte=F("seats")), name="ideas_votes_of_seats"
            ),
        ]


class Vote(models.Model):
    """An open vote of one seat, cast by its holder or by the alternate who stands in."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    agrees = models.BooleanField(_("agrees"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="ideas_one_vote_per_seat")]
