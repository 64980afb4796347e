"""The form of the application in its versions, and the forms printed blank to be filled by hand."""

import hashlib
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from editing.canonical import canonical
from ideas.application.definition import TemplateInvalid, read_template
from papers.codes import CODE_LENGTH, shown
from people.models import User


class TemplateInUse(Exception):
    """A template dossiers were begun under was about to change; make a new version instead."""


_SAYS = ("code", "version", "legal_basis", "definition")


class FormTemplateQuerySet(models.QuerySet):
    def in_force_on(self, day):
        """The template a dossier begun on `day` is written under. Dates are half-open; of two, the later one
        counts. None before any is in force."""
        running = Q(effective_before__isnull=True) | Q(effective_before__gt=day)
        return self.filter(running, effective_from__lte=day).order_by("-effective_from", "-version").first()


class FormTemplate(models.Model):
    """One version of the application's form: legal basis, dates, and its items as one checked definition.

    What a template says stays as it is from the first dossier on; when it ends may still be set.
    """

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    legal_basis = models.TextField(_("legal basis"))
    effective_from = models.DateField(_("in force from"))
    effective_before = models.DateField(_("in force until before"), null=True, blank=True)
    definition = models.JSONField(_("definition"))

    objects = FormTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("form template")
        ordering = ["-effective_from", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="ideas_form_template_version"),
            models.CheckConstraint(
                condition=Q(effective_before__isnull=True) | Q(effective_before__gt=F("effective_from")),
                name="ideas_form_template_dates",
            ),
        ]

    def __str__(self):
        return f"{self.code} ({self.version})"

    def save(self, **kwargs):
        """Raises `TemplateInvalid` for a definition with faults, `TemplateInUse` for one in use changed."""
        read_template(self.definition)
        self._refuse_if_in_use()
        for kept in ("template", "sha256"):
            self.__dict__.pop(kept, None)
        super().save(**kwargs)

    @cached_property
    def template(self):
        """The definition as values (`ideas.application.definition.Template`)."""
        return read_template(self.definition)

    @cached_property
    def sha256(self):
        """Of the canonical definition: a submitted version names by it what was asked."""
        return hashlib.sha256(canonical(self.definition)).hexdigest()

    def clean(self):
        try:
            read_template(self.definition)
        except TemplateInvalid as error:
            raise ValidationError({"definition": list(error.problems)}) from error

    def _refuse_if_in_use(self):
        kept = type(self)._base_manager.filter(pk=self.pk).values(*_SAYS).first() if self.pk else None
        changed = kept and any(kept[name] != getattr(self, name) for name in _SAYS)
        if changed and (self.initiatives.exists() or self.blank_forms.exists()):
            raise TemplateInUse(f"{self} is in use; make version {self.version + 1}")


class BlankForm(models.Model):
    """A form printed to be filled by hand, with the code by which a clerk finds its draft.

    The draft comes to be when a clerk first keys the form, not when it is printed: most prints may never come
    back. One that was not keyed by `expires_on` is forgotten (`ideas.application.blank_forms`).
    """

    code = models.CharField(_("code of the form"), max_length=CODE_LENGTH, unique=True)
    form_template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="blank_forms")
    printed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    printed_at = models.DateTimeField(_("printed at"))
    expires_on = models.DateField(_("to be keyed before"))  # half-open: on that day it is too late
    initiative = models.OneToOneField(
        "ideas.Initiative", models.PROTECT, null=True, blank=True, related_name="blank_form"
    )

    class Meta:
        verbose_name = _("blank form")
        ordering = ["-printed_at", "-pk"]
        indexes = [models.Index(fields=["expires_on"], name="ideas_blank_form_expiry_idx")]

    def __str__(self):
        return self.code_shown

    @property
    def code_shown(self):
        """K7QM-4TXD, as printed."""
        return shown(self.code)
