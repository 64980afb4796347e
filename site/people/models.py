"""Who works where, as what, since when. Dates are half-open local dates: `[start_on, end_before)`."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trust import append_only
from trust.storage import private_storage
from vietnamese.text import fold, name_key, nfc, order_key


class User(AbstractUser):
    """An account. The person behind it is `user.staff`; outside people have none."""

    is_sample = models.BooleanField(_("sample account"), default=False)
    must_change_password = models.BooleanField(_("must choose a new password"), default=False)
    password_changed_at = models.DateTimeField(null=True, editable=False)  # empty: as old as the account
    idle_warned_at = models.DateTimeField(null=True, editable=False)
    asleep_since = models.DateTimeField(
        null=True, editable=False
    )  # closed for disuse (people.sign_in.sleeping)
    awake_since = models.DateTimeField(null=True, editable=False)  # opened again: disuse counts from here

    def set_password(self, raw_password):
        super().set_password(raw_password)
        self.password_changed_at = timezone.now()

    @property
    def display_name(self):
        staff = getattr(self, "staff", None)
        return staff.full_name if staff else self.get_full_name() or self.username

    def __str__(self):
        return self.display_name


class Unit(models.Model):
    """Ward → divisions, centres, organisations → residential groups."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent unit")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("unit")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name


class Position(models.Model):
    """Chức danh: what a person is called in a unit."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("position")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Staff(models.Model):
    """A person on the ward's roster. The code is text: 007 is not 7."""

    staff_code = models.CharField(_("staff code"), max_length=30, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    name_key = models.CharField(max_length=120, db_index=True, editable=False)
    search_key = models.CharField(max_length=120, editable=False)  # without marks
    order_key = models.CharField(max_length=400, db_index=True, editable=False)  # given name first
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    qualification = models.CharField(_("professional qualification"), max_length=120, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="staff"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["staff_code"]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self):
        """Whatever writes a name writes its keys (bulk writers call this themselves)."""
        self.staff_code = nfc(self.staff_code)
        self.full_name = nfc(self.full_name)
        self.name_key = name_key(self.full_name)[:120]
        self.search_key = fold(self.full_name)[:120]
        self.order_key = order_key(self.full_name)[:400]


class Category(models.TextChoices):
    """Nhóm: the stable codes of the roster workbook."""

    CADRE = "CB", _("cadre")
    CIVIL_SERVANT = "CC", _("civil servant")
    PUBLIC_EMPLOYEE = "VC", _("public employee")
    CONTRACT_WORKER = "HDLD", _("contract worker")
    PART_TIME_WORKER = "KCT", _("part-time worker")
    CORE_MEMBER = "NC", _("core member")


class Dated(models.Model):
    """Something true from `start_on` until the day before `end_before`; open when that is empty."""

    start_on = models.DateField(_("from"))
    end_before = models.DateField(_("until before"), null=True, blank=True)

    class Meta:
        abstract = True

    def contains(self, day):
        return self.start_on <= day and (self.end_before is None or day < self.end_before)

    @property
    def last_day(self):
        """The day people read and type as "đến hết ngày"; None while open."""
        return self.end_before - timedelta(days=1) if self.end_before else None

    def _overlapping(self, rows):
        """Those of `rows` that share a day with this one."""
        rows = rows.exclude(pk=self.pk).filter(Q(end_before__isnull=True) | Q(end_before__gt=self.start_on))
        return rows.filter(start_on__lt=self.end_before) if self.end_before else rows


def containing(day, prefix=""):
    """The query condition for dated rows that contain `day`."""
    return Q(**{f"{prefix}start_on__lte": day}) & (
        Q(**{f"{prefix}end_before__isnull": True}) | Q(**{f"{prefix}end_before__gt": day})
    )


def _ends_after_start(name):
    return models.CheckConstraint(
        condition=Q(end_before__isnull=True) | Q(end_before__gt=F("start_on")), name=name
    )


class ServiceSpell(Dated):
    """A time of service in one category. Spells of one person overlap only in different categories."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="spells")
    category = models.CharField(_("category"), max_length=4, choices=Category.choices)

    class Meta:
        verbose_name = _("time of service")
        constraints = [
            models.UniqueConstraint(fields=["staff", "category", "start_on"], name="people_spell_key"),
            _ends_after_start("people_spell_dates"),
        ]
        indexes = [models.Index(fields=["staff", "start_on", "end_before"], name="people_spell_dates_idx")]

    def clean(self):
        same = ServiceSpell.objects.filter(staff=self.staff_id, category=self.category)
        if self._overlapping(same).exists():
            raise ValidationError(_("This person already serves in this category on some of these days."))


class UnitAssignment(Dated):
    """Where a person serves. One primary a day; a secondary one (kiêm nhiệm) may overlap anything."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True)
    is_primary = models.BooleanField(_("primary"), default=True)

    class Meta:
        verbose_name = _("assignment")
        constraints = [
            models.UniqueConstraint(fields=["staff", "unit", "start_on"], name="people_assignment_key"),
            _ends_after_start("people_assignment_dates"),
        ]
        indexes = [
            models.Index(
                fields=["staff", "start_on", "end_before"],
                condition=Q(is_primary=True),
                name="people_primary_dates_idx",
            )
        ]

    def clean(self):
        if not self.is_primary:
            return
        primaries = UnitAssignment.objects.filter(staff=self.staff_id, is_primary=True)
        if self._overlapping(primaries).exists():
            raise ValidationError(_("This person already has a primary unit on some of these days."))


class LeaveQuerySet(models.QuerySet):
    def read_by(self, user):
        """Leaves as `user` may read them: `health_reason` is the kind for whoever has the permission
        `people.view_health_reason`, "" for anybody else; `kind` itself is not loaded."""
        from .health import may_view_health_reason

        reason = F("kind") if may_view_health_reason(user) else models.Value("")
        return self.defer("kind").annotate(health_reason=reason)


class Leave(Dated):
    """Time away. Its kind is health data: pages read leaves through `read_by` (training.md §2)."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="leaves")
    kind = models.CharField(_("kind of leave"), max_length=120, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    is_approved = models.BooleanField(_("approved"), default=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        constraints = [
            models.UniqueConstraint(fields=["staff", "start_on"], name="people_leave_key"),
            _ends_after_start("people_leave_dates"),
        ]


class ChangeRow(models.Model):
    """A line of a log that outlives both people: names are kept as values beside the links."""

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(_("by"), max_length=200)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    person_name = models.CharField(_("person"), max_length=200)
    person_username = models.CharField(_("account"), max_length=150)
    person_staff_code = models.CharField(_("staff code"), max_length=30, blank=True)

    objects = append_only.AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("append-only")


class RoleChange(ChangeRow):
    """Who gave or took which role, when."""

    class Kind(models.TextChoices):
        GRANTED = "granted", _("given")
        REVOKED = "revoked", _("taken back")

    role = models.CharField(_("role"), max_length=40)
    change = models.CharField(_("change"), max_length=8, choices=Kind.choices)

    class Meta(ChangeRow.Meta):
        verbose_name = _("role change")


class AccountChange(ChangeRow):
    """Who made, closed or opened an account, or gave it a new one-time password."""

    class Kind(models.TextChoices):
        CREATED = "created", _("made")
        DISABLED = "disabled", _("closed")
        ENABLED = "enabled", _("opened again")
        NEW_PASSWORD = "new_password", _("new one-time password")
        ASLEEP = "asleep", _("closed: not used")
        AWAKE = "awake", _("opened by its owner")
        FACTOR_DROPPED = "factor_gone", _("second step taken off")

    change = models.CharField(_("change"), max_length=12, choices=Kind.choices)

    class Meta(ChangeRow.Meta):
        verbose_name = _("account change")


class SignInTries(models.Model):
    """Wrong tries in a row, of a typed name or of an account (people.sign_in.tries); gone with the next
    sign-in. The name itself stands nowhere: `key` is its salted hash."""

    key = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    paused_until = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when the owner of the account was told

    class Meta:
        verbose_name = _("wrong tries to sign in")


def roster_upload_path(upload, file_name):
    """A path nobody can guess; the given name is only ever shown."""
    return f"roster/{uuid.uuid4().hex}.xlsx"


class RosterUpload(models.Model):
    """A roster workbook between preview and confirmation. The file goes when that is over; the row stays."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("in preview")
        DONE = "done", _("written")
        DROPPED = "dropped", _("dropped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=roster_upload_path)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREVIEW)
    closed_at = models.DateTimeField(null=True)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("roster upload")
        ordering = ["-at"]


class Commendation(models.Model):
    """A title of emulation or a commendation somebody was given, as its decision says. What was entered
    wrongly is withdrawn with a reason and entered anew; the row stays."""

    class Kind(models.TextChoices):
        TITLE = "title", _("title of emulation")
        COMMENDATION = "commendation", _("commendation")

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="commendations")
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title or form"), max_length=200)
    decision_number = models.CharField(_("decision number"), max_length=60)
    decided_on = models.DateField(_("decision date"))
    issued_by = models.CharField(_("issued by"), max_length=200)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("commendation")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "title", "decision_number"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="people_commended_once",
            )
        ]

    def __str__(self):
        return self.title


class CommendationChange(append_only.AppendOnly):
    """Who entered or withdrew a commendation, when and why. Names outlive the account."""

    class Kind(models.TextChoices):
        ENTERED = "entered", pgettext_lazy("commendation", "entered")
        WITHDRAWN = "withdrawn", pgettext_lazy("commendation", "withdrawn")

    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="changes")
    change = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("change of a commendation")
        ordering = ["at", "pk"]
