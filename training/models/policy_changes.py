"""Who changed the policy of a year, from what to what: it changes figures, so it is never silent."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trust.append_only import AppendOnly

from .catalogue import Requirement


class PolicyChange(AppendOnly):
    """One change. `before` and `after` are `Policy.as_values`, units by code; `figures_before` and
    `figures_after` are those of `day` under each. Names are values: they outlive the account."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="policy_changes")
    year = models.PositiveSmallIntegerField(_("year"))
    before = models.JSONField()
    after = models.JSONField()
    day = models.DateField()
    figures_before = models.JSONField()
    figures_after = models.JSONField()
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("change of a policy")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["requirement", "year"], name="training_policy_change_idx")]

    @property
    def differences(self):
        """`[(what, before, after)]` of the values that changed, as text."""
        labels = {
            "categories": _("Categories in scope"),
            "min_minutes": _("Least minutes in the year"),
            "min_available_days": _("Least days in service without leave"),
            "due_on": _("Due on"),
            "evaluation_on": _("Figures for the evaluation of"),
            "units_in": _("Only these units, with all under them"),
            "units_out": _("Without these units and all under them"),
            "legal_basis": _("Legal basis"),
        }
        return [
            (label, _text(self.before.get(name)), _text(self.after.get(name)))
            for name, label in labels.items()
            if self.before.get(name) != self.after.get(name)
        ]


def _text(value):
    if isinstance(value, list):
        return ", ".join(value) or "–"
    text = str(value)
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text or "–"
