"""What ideas and competitions keep of rubrics and sheets: abstract rows, subclassed by each.

A rubric's structure is one JSON definition, not rows of criteria, bands and grades: it is read and replaced
as a whole, never queried by part, frozen with the first round that uses it, and written into the frozen
result as it stands. `rubric.read_rubric` checks it on every save; points name the criterion by its code.
"""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .result import SheetValues
from .rubric import RubricInvalid, definition_of, read_rubric, shipped_rubrics


class RubricFixed(Exception):
    """A rubric in use was about to change; make a new version instead."""


_JUDGES_BY = ("code", "version", "name", "definition", "fixed_at")


class RubricQuerySet(models.QuerySet):
    def update(self, **values):
        if set(values) & set(_JUDGES_BY) and self.filter(fixed_at__isnull=False).exists():
            raise RubricFixed("a fixed rubric does not change")
        return super().update(**values)

    update.alters_data = True

    def delete(self):
        if self.filter(fixed_at__isnull=False).exists():
            raise RubricFixed("a fixed rubric is kept")
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True  # no `objects.delete()` that empties the table

    def default(self):
        """The rubric new rounds start from; None before any is loaded."""
        return self.filter(is_default=True).first()


class RubricBase(models.Model):
    """One version of a rubric. Unchangeable once `fixed_at` is set; note and default mark stay free.

    `code`, `version` and `name` are copied from the definition on save, for lists and constraints.
    """

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    definition = models.JSONField(_("definition"))
    is_default = models.BooleanField(_("default for new rounds"), default=False)
    fixed_at = models.DateTimeField(_("fixed since"), null=True, blank=True, editable=False)

    objects = RubricQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("rubric")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="%(app_label)s_%(class)s_code_version"),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="%(app_label)s_%(class)s_one_default",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.version})"

    def save(self, **kwargs):
        """Raises `RubricInvalid` for a definition with faults, `RubricFixed` for a fixed one changed."""
        rubric = read_rubric(self.definition)
        self.code, self.version, self.name = rubric.code, rubric.version, rubric.name
        self._refuse_if_fixed(kwargs.get("using"))
        self.__dict__.pop("rubric", None)
        super().save(**kwargs)

    def delete(self, **kwargs):
        if self.fixed_at:
            raise RubricFixed(f"{self} is fixed and is kept")
        return super().delete(**kwargs)

    @cached_property
    def rubric(self):
        """The definition as a `Rubric`. Raises `RubricInvalid` if it does not add up."""
        return read_rubric(self.definition)

    def clean(self):
        try:
            read_rubric(self.definition)
        except RubricInvalid as error:
            raise ValidationError({"definition": list(error.problems)}) from error

    def fix(self, now):
        """Freezes this version (a round opens with it). Once; a second call changes nothing."""
        if self.fixed_at is None:
            self.fixed_at = now
            self.save()

    def refresh_from_db(self, *args, **kwargs):
        self.__dict__.pop("rubric", None)
        super().refresh_from_db(*args, **kwargs)

    def _refuse_if_fixed(self, using):
        if self.pk is None:
            return
        rows = type(self)._base_manager.using(using or router.db_for_write(type(self), instance=self))
        kept = rows.filter(pk=self.pk, fixed_at__isnull=False).values(*_JUDGES_BY).first()
        if kept and any(kept[name] != getattr(self, name) for name in _JUDGES_BY):
            raise RubricFixed(f"{self} is fixed; make version {self.version + 1}")


def load_rubrics(model, using=None):
    """Stores the shipped rubrics `model` lacks, the first as default where there is none. Idempotent.

    For a subclass's post_migrate. A rubric that is there already is never touched: the office may have
    edited it. Returns how many were added.
    """
    using = using or router.db_for_write(model)
    rows = model._base_manager.using(using)
    with transaction.atomic(using=using):
        kept = set(rows.values_list("code", "version"))
        missing = [r for r in shipped_rubrics() if (r.code, r.version) not in kept]
        has_default = rows.filter(is_default=True).exists()
        for rubric in missing:
            row = model(definition=definition_of(rubric), note=rubric.note)
            row.is_default = not has_default and rubric is shipped_rubrics()[0]
            row.save(using=using)
    return len(missing)


class SheetState(models.TextChoices):
    """Where a sheet stands. Void: its seat was given up before it was handed in."""

    TODO = "todo", pgettext_lazy("score sheet", "to do")
    DRAFT = "draft", pgettext_lazy("score sheet", "draft")
    SUBMITTED = "submitted", pgettext_lazy("score sheet", "submitted")
    RECUSED = "recused", pgettext_lazy("score sheet", "recused")
    VOID = "void", pgettext_lazy("score sheet", "void")


class SheetBase(models.Model):
    """One seat's sheet for one dossier. Starts empty; subclasses add seat, dossier, judged version, rubric.

    `edit_version` rises with every saved change, so that two open windows meet a conflict instead of
    overwriting each other. `comment` may be read by the author afterwards, without the member's name.
    """

    state = models.CharField(_("state"), max_length=10, choices=SheetState, default=SheetState.TODO)
    edit_version = models.PositiveIntegerField(default=0)
    comment = models.TextField(_("comment"), blank=True)
    recusal_reason = models.CharField(_("reason for standing aside"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("score sheet")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SheetState.values), name="%(app_label)s_%(class)s_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_at__isnull=False)
                | ~Q(state="submitted") & Q(submitted_at__isnull=True),
                name="%(app_label)s_%(class)s_submitted_at",
            ),
        ]

    @property
    def is_open(self):
        """Whether its member may still write in it."""
        return self.state in (SheetState.TODO, SheetState.DRAFT)

    def values(self, seat):
        """This sheet for `result.compute`, under the seat's label. Reads `points` (prefetch it for many)."""
        return SheetValues(seat, {p.criterion: p.points for p in self.points.all() if p.points is not None})


class PointBase(models.Model):
    """Points for one criterion of one sheet; None while not given. The subclass adds

    `sheet = models.ForeignKey(ItsSheet, models.CASCADE, related_name="points")`, inherits `PointBase.Meta`.
    """

    criterion = models.CharField(_("criterion"), max_length=40)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        abstract = True
        verbose_name = _("points")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0),
                name="%(app_label)s_%(class)s_not_negative",
            ),
        ]
