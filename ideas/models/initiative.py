"""The dossier's own row: its fields, its state, its clocks."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField
from guardian.models import UserObjectPermissionBase

from ideas.access import InitiativeQuerySet
from ideas.application.keeping import template_in_force
from ideas.lifecycle import Lifecycle, State
from ideas.text import TITLE_KEPT
from people.models import Unit, User

from .form_template import FormTemplate
from .reference import Field, Round, Rubric


class Kind(models.TextChoices):
    """The four kinds of solution of NĐ 13/2012 Đ3."""

    TECHNICAL_SOLUTION = "technical_solution", _("technical solution")
    MANAGEMENT_SOLUTION = "management_solution", _("management solution")
    OPERATIONAL_SOLUTION = "operational_solution", _("operational solution")
    APPLIED_PROGRESS = "applied_progress", _("applied technical progress")


class SupplementKind(models.TextChoices):
    FORMALITY = "formality", _("formality")
    COUNCIL = "council", _("complete again after scoring")


class Initiative(Lifecycle, models.Model):
    """A dossier from draft to certificate. Its state moves through `ideas.workflow.move` alone."""

    code = models.CharField(_("code"), max_length=20, unique=True, editable=False)
    state = FSMField(default=State.DRAFT, choices=State.choices, protected=True, db_index=True)
    state_since = models.DateTimeField(auto_now_add=True)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="initiatives")
    rubric = models.ForeignKey(Rubric, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    edit_version = models.PositiveIntegerField(default=0)  # raised by each saved edit; forms send it back
    is_sample = models.BooleanField(default=False)
    keyed_from_paper = models.BooleanField(_("keyed from paper"), default=False)

    # ---- the application; the template says in which order and in which words it asks
    form_template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="initiatives")
    title = models.CharField(_("name of the initiative"), max_length=TITLE_KEPT)
    title_key = models.CharField(max_length=500, editable=False, db_index=True)
    kind = models.CharField(_("kind of solution"), max_length=24, choices=Kind.choices, blank=True)
    field = models.ForeignKey(
        Field, models.PROTECT, null=True, blank=True, verbose_name=_("field of application")
    )
    problem = models.TextField(_("the problem it solves"), blank=True)
    investor = models.CharField(_("investor"), max_length=250, blank=True)
    uses_public_money = models.BooleanField(_("public money was used"), null=True, blank=True)
    first_applied_on = models.DateField(_("first used on"), null=True, blank=True)
    trial_applied_on = models.DateField(_("first tried on"), null=True, blank=True)
    first_use_ended_on = models.DateField(_("first use ended on"), null=True, blank=True)
    prior_state = models.TextField(_("how it was before"), blank=True)
    description = models.TextField(_("what the solution is"), blank=True)
    novelty = models.TextField(_("what is new"), blank=True)
    applicability = models.TextField(_("where else it can be used"), blank=True)
    has_confidential_part = models.BooleanField(_("something must stay confidential"), null=True, blank=True)
    confidential_part = models.TextField(_("confidential information"), blank=True)
    conditions = models.TextField(_("conditions for using it"), blank=True)
    benefit_by_author = models.TextField(_("benefit as the authors see it"), blank=True)
    benefit_amount = models.DecimalField(
        _("money saved a year (VND)"), max_digits=15, decimal_places=0, null=True, blank=True
    )
    benefit_by_users = models.TextField(_("benefit as the first users see it"), blank=True)
    public_summary = models.TextField(_("summary"), max_length=1500, blank=True)
    # No field of the official form: asked where similar initiatives are shown, read by the council alone.
    difference = models.TextField(_("how it differs from similar ones"), blank=True)

    # ---- clocks, kept on the row by the transition that starts them (design §4, §9)
    submitted_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    receipt_number = models.PositiveIntegerField(_("receipt number"), null=True, blank=True)
    # What each term is reckoned from; None where its day was chosen. Announced days off move it by that.
    formality_from = models.DateField(null=True, blank=True)
    supplement_from = models.DateField(null=True, blank=True)
    decision_from = models.DateField(null=True, blank=True)
    formality_due_on = models.DateField(_("formality check due"), null=True, blank=True)
    formality_checklist = models.JSONField(default=dict, blank=True)
    supplement_kind = models.CharField(max_length=12, choices=SupplementKind.choices, blank=True)
    supplement_request = models.TextField(_("what is missing"), blank=True)
    supplement_due_on = models.DateField(_("supplement due"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    decision_due_on = models.DateField(_("decision due"), null=True, blank=True)
    evaluation_number = models.PositiveSmallIntegerField(default=0)  # the evaluation sheets belong to
    public_reason = models.TextField(_("public reason"), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        ordering = ["-pk"]
        permissions = [("read_dossier", "read the dossier"), ("edit_dossier", "edit the draft")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "receipt_number"],
                condition=Q(receipt_number__isnull=False),
                name="ideas_receipt_once_a_round",
            )
        ]
        indexes = [models.Index(fields=["round", "state"], name="ideas_round_state_idx")]

    def __str__(self):
        return self.code

    def save(self, *args, **kwargs):
        if self._state.adding and self.form_template_id is None:
            self.form_template = template_in_force()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return f"/sang-kien/ho-so/{self.code}/"

    def refresh_from_db(self, using=None, fields=None, **kwargs):
        # A protected field may be set while it is absent; FSMModelMixin would instead lift the
        # protection for every thread of the process. Absent, it counts as deferred: load it by name.
        if fields is None:
            self.__dict__.pop("state", None)
            super().refresh_from_db(using=using, **kwargs)
            fields = ["state"]
        if "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using=using, fields=fields, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(_("A dossier is never deleted; withdraw it."))

    @property
    def first_use_on(self):
        """The earlier of first use and trial: the day the one-year limit counts from."""
        return min(filter(None, [self.first_applied_on, self.trial_applied_on]), default=None)

    @property
    def main_author(self):
        return next((author for author in self.authors.all() if author.is_main), None)

    # Of the evaluation under way or last closed; earlier ones stay in the register. These read prefetched
    # rows (`objects.for_workflow()`), so that a batch costs no query more than one dossier.

    @property
    def current_sheets(self):
        return [
            sheet
            for sheet in self.sheets.all()
            if sheet.evaluation_number == self.evaluation_number and sheet.state not in ("recused", "void")
        ]

    @property
    def current_result(self):
        results = [r for r in self.results.all() if r.evaluation_number == self.evaluation_number]
        return max(results, key=lambda result: result.sequence, default=None)

    @property
    def current_item(self):
        """The agenda item of the current evaluation's meeting, the last one where it met twice."""
        items = [i for i in self.agenda_items.all() if i.evaluation_number == self.evaluation_number]
        return max(items, key=lambda item: item.pk, default=None)

    @property
    def author_staff_ids(self):
        return {author.staff_id for author in self.authors.all() if author.staff_id}


class InitiativeUserObjectPermission(UserObjectPermissionBase):
    """guardian's direct foreign key: an author's dossier."""

    content_object = models.ForeignKey(Initiative, on_delete=models.CASCADE)
