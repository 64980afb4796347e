"""A request of somebody about data of theirs, its way, its log."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Staff, User
from people.roles import Role, has_role
from trust.append_only import AppendOnly


class RequestKind(models.TextChoices):
    """What a person may ask for (Luật 91/2025 Đ.4); codes of `rights.clocks.TERMS`."""

    VIEW = "view", _("view my data")
    PROVIDE = "provide", _("get a copy of my data")
    CORRECT = "correct", _("correct my data")
    DELETE = "delete", _("erase my data")
    WITHDRAW = "withdraw", _("withdraw a consent")
    RESTRICT = "restrict", _("restrict the use of my data")
    OBJECT = "object", _("object to the use of my data")
    PROTECT = "protect", _("protect my data")


class RequestState(models.TextChoices):
    RECEIVED = "rights_received", pgettext_lazy("data request", "received")
    WAITING = "rights_waiting", pgettext_lazy("data request", "waits for the sender")
    IN_HAND = "rights_in_hand", pgettext_lazy("data request", "being carried out")
    DONE = "rights_done", pgettext_lazy("data request", "carried out")
    REFUSED = "rights_refused", pgettext_lazy("data request", "refused")
    DROPPED = "rights_dropped", pgettext_lazy("data request", "taken back")


OPEN = (RequestState.RECEIVED, RequestState.WAITING, RequestState.IN_HAND)
SETTLED = (RequestState.DONE, RequestState.REFUSED, RequestState.DROPPED)


class Identity(models.TextChoices):
    """How it was found out that the sender is the person: never by a picture of an identity card."""

    NONE = "", pgettext_lazy("identity", "not checked yet")
    ACCOUNT = "account", pgettext_lazy("identity", "signed in with an account")
    MAILBOX = "mailbox", pgettext_lazy("identity", "reads the mailbox that was named")
    LETTER = "letter", pgettext_lazy("identity", "has the tracking code of an earlier letter")
    IN_PERSON = "in_person", pgettext_lazy("identity", "came to the ward's office with papers")


class RightsNumber(models.Model):
    """The last number given in a year; taken under the row's lock, so that no number is given twice."""

    series = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="rights_number_series")]

    @classmethod
    def take(cls, series, year):
        """QDL-2026-001. Inside the transaction that uses it: no gap after a rollback."""
        cls.objects.get_or_create(series=series, year=year)
        row = cls.objects.select_for_update().get(series=series, year=year)
        row.last += 1
        row.save(update_fields=["last"])
        return f"{series}-{year}-{row.last:03d}"


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the data-protection officer, nothing for anybody else: senders have their code."""
        return self if has_role(user, Role.DATA_PROTECTION_OFFICER) else self.none()


class RightsRequest(models.Model):
    """`number` names it inside; `code` (80 random bits) opens its page and stands nowhere else. `letter`
    is the key of an earlier letter ("idea:12") whose code the sender typed."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    code = models.CharField(_("tracking code"), max_length=16, unique=True, editable=False)
    form_key = models.CharField(max_length=64, unique=True, editable=False)  # the page it was sent from
    kind = models.CharField(_("what is asked"), max_length=8, choices=RequestKind.choices)
    text = models.TextField(_("in the sender's words"), blank=True)
    name = models.CharField(_("full name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")
    letter = models.CharField(max_length=40, blank=True)
    identity = models.CharField(max_length=9, choices=Identity.choices, blank=True, default=Identity.NONE)
    identity_note = models.CharField(max_length=250, blank=True)
    identity_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(
        _("state"),
        max_length=16,
        choices=RequestState.choices,
        default=RequestState.RECEIVED,
        db_index=True,
    )
    state_since = models.DateTimeField()
    received_at = models.DateTimeField(db_index=True)
    first_answer_due_on = models.DateField(_("first answer by"))
    first_answered_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("to be carried out by"))
    with_processor = models.BooleanField(default=False)
    extended_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)  # the last one the sender reads
    is_sample = models.BooleanField(default=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("data-rights request")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="rights_request_due_idx")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return f"/quyen-du-lieu/so/{self.number}/"

    @property
    def subject(self):
        """Under which key its obligations are kept."""
        return f"rights:{self.pk}"

    @property
    def is_open(self):
        return self.state in OPEN


class RightsEntry(AppendOnly):
    """A step of a request. The sender is named by nothing here; who of the ward did it stands as values."""

    request = models.ForeignKey(RightsRequest, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    step = models.CharField(max_length=20)
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    actor_name = models.CharField(max_length=120, blank=True)
    actor_code = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("step of a data-rights request")
        ordering = ["at", "pk"]
