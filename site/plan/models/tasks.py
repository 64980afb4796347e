"""What carrying out a task leaves behind: its steps, notes on progress, files, comments, urging, money, and
the officials in charge. What is said or counted once is append-only; what is put right keeps its line in
`TaskChange`."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Dated, Staff
from trust.append_only import AppendOnly
from trust.storage import private_storage, private_upload_to

from .task import Task, TaskState


def _account():
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")


class TaskStep(models.Model):
    """One step (bước) of a task. `done_on` is the day it was done, `done_by_name` who said so."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    text = models.CharField(pgettext_lazy("task", "step"), max_length=500)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    done_for = models.CharField(max_length=200, blank=True)  # the unit's name
    edit_version = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("step of a task")
        ordering = ["order", "pk"]


class TaskUrge(AppendOnly):
    """An urging (đôn đốc); for organisations under the Front a request. Once a day, or with a reason."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="urges")
    day = models.DateField()
    at = models.DateTimeField(_("when"))
    by = _account()
    by_name = models.CharField(_("by"), max_length=200)
    message = models.TextField(_("message"))
    reason = models.CharField(max_length=500, blank=True)  # why once more on the same day
    is_invited = models.BooleanField(default=False)
    told = models.JSONField(default=list)  # names of those it went to

    class Meta:
        verbose_name = _("urging of a task")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "day"], condition=Q(reason=""), name="plan_task_urged_once_a_day"
            )
        ]


class ProgressNote(AppendOnly):
    """How far a task was at a moment: what was done, what comes next. Written in place of the unit only with
    the reason."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="notes")
    at = models.DateTimeField(_("when"))
    by = _account()
    by_name = models.CharField(_("by"), max_length=200)
    unit_name = models.CharField(max_length=200, blank=True)  # for which unit
    state = models.CharField(max_length=10, choices=TaskState.choices)
    percent = models.PositiveSmallIntegerField()
    done = models.TextField(_("what was done"), blank=True)
    next = models.TextField(_("what comes next"), blank=True)
    in_place_reason = models.CharField(max_length=500, blank=True)
    answers = models.ForeignKey(TaskUrge, models.CASCADE, null=True, related_name="answers")

    class Meta:
        verbose_name = _("note on the progress of a task")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["task", "-id"], name="plan_note_latest")]


class TaskFile(models.Model):
    """A file of a task: checked by content, private, handed out after the access check."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=private_upload_to("plan/tasks"))
    at = models.DateTimeField(_("when"))
    by = _account()
    by_name = models.CharField(_("by"), max_length=200)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of a task")
        ordering = ["pk"]


class TaskComment(AppendOnly):
    task = models.ForeignKey(Task, models.CASCADE, related_name="comments")
    at = models.DateTimeField(_("when"))
    by = _account()
    by_name = models.CharField(_("by"), max_length=200)
    text = models.TextField(_("comment"))

    class Meta:
        verbose_name = _("comment on a task")
        ordering = ["at", "pk"]


class CommentMention(AppendOnly):
    """Somebody a comment calls upon: they were told."""

    comment = models.ForeignKey(TaskComment, models.CASCADE, related_name="mentions")
    person = _account()
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("mention in a comment")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="plan_mentioned_once_a_comment")
        ]


class CommentWithdrawal(AppendOnly):
    """A comment its writer took back: nobody reads its words any more, that it was there stays."""

    comment = models.OneToOneField(TaskComment, models.CASCADE, related_name="withdrawal")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("withdrawal of a comment")


class TaskOfficer(Dated):
    """The official in charge of a task (cán bộ phụ trách) for a time."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="officers")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name=_("official in charge"))

    class Meta:
        verbose_name = _("official in charge of a task")
        ordering = ["start_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "staff"], condition=Q(end_before__isnull=True), name="plan_officer_once"
            ),
            models.CheckConstraint(
                condition=Q(end_before__isnull=True) | Q(end_before__gt=models.F("start_on")),
                name="plan_task_officer_dates",
            ),
        ]


class BudgetSource(models.TextChoices):
    """Part VI of the plan; its words are read from the plan itself (`tasks.money.source_words`)."""

    WARD = "ward", _("ward budget")
    PROGRAMMES = "programmes", _("national target programmes")
    SOCIAL = "social", _("social contributions and other sources")


class BudgetLine(models.Model):
    """Money of a task in one year from one source, in whole dong. What is public are the figures as they were
    when they were published."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(pgettext_lazy("money", "source"), max_length=10, choices=BudgetSource.choices)
    estimate = models.BigIntegerField(pgettext_lazy("money", "estimate"))
    spent = models.BigIntegerField(pgettext_lazy("money", "spent"), default=0)
    document = models.CharField(_("number of the document"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    entered_at = models.DateTimeField()
    entered_by = _account()
    entered_by_name = models.CharField(max_length=200)
    edit_version = models.PositiveIntegerField(default=0)
    published_on = models.DateField(null=True, blank=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    published_estimate = models.BigIntegerField(null=True, blank=True)
    published_spent = models.BigIntegerField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("budget line of a task")
        ordering = ["-year", "source", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(estimate__gte=0, spent__gte=0), name="plan_money_not_negative")
        ]

    @property
    def is_overspent(self):
        return self.spent > self.estimate

    @property
    def is_public(self):
        return self.published_on is not None

    @property
    def differs_from_public(self):
        return self.is_public and (self.estimate, self.spent) != (
            self.published_estimate,
            self.published_spent,
        )
