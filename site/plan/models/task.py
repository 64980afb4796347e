"""Tasks (nhiệm vụ) of parts V and VII, and those the ward adds: who leads, until when, how far."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Unit

from .parts import Line, UnitPart


class TaskGroup(models.Model):
    """A group of part V ("Nhóm nhiệm vụ về …"), or the tasks of one unit in part VII."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    section = models.CharField(_("section of the plan"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("group of tasks")
        ordering = ["order"]

    def __str__(self):
        return self.name


class TaskState(models.TextChoices):
    """`late` is no state: it is what a due date in the past makes of a task that is not done."""

    TODO = "todo", pgettext_lazy("task", "not begun")
    DOING = "doing", pgettext_lazy("task", "under way")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "no longer needed")


class Task(models.Model):
    """One task. `due_on` is a fixed date and never moves later because of a day off (design: obligations)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    group = models.ForeignKey(
        TaskGroup, models.PROTECT, related_name="tasks", verbose_name=pgettext_lazy("plan", "group")
    )
    section = models.CharField(_("section of the plan"), max_length=20, blank=True)  # empty: the ward's own
    text = models.TextField(pgettext_lazy("plan", "task"))
    # The plan asks organisations ("Đề nghị"), it does not order them.
    is_invited = models.BooleanField(_("organisations are invited"), default=False)
    is_yearly = models.BooleanField(_("every year"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=TaskState.choices, default=TaskState.TODO, db_index=True
    )
    percent = models.PositiveSmallIntegerField(_("progress, %"), default=0)
    edit_version = models.PositiveIntegerField(default=0)
    order = models.PositiveSmallIntegerField(default=0)
    units = models.ManyToManyField(Unit, through="TaskUnit", related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("plan", "task")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="plan_task_percent"),
        ]

    def __str__(self):
        return f"{self.code} {self.text}"


class TaskUnit(UnitPart):
    """Who leads a task and who co-operates."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="parts")

    class Meta(UnitPart.Meta):
        verbose_name = _("unit of a task")
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="plan_task_unit_once")]


class TaskChange(Line):
    """What happened to a task, in order: progress, moved dates, steps, urging."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="changes")

    class Meta(Line.Meta):
        verbose_name = _("change of a task")
