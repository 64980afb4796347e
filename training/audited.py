"""What of training goes into the audit trail: every row of its histories."""

from django.utils.translation import gettext_lazy as _

from trust.audit.following import follow

from .models import CreditHistory, ExemptionHistory, PolicyChange, SessionHistory


def register():
    follow(
        SessionHistory,
        "training.session",
        _("a step of a training session"),
        target="session",
        step="transition",
    )
    follow(CreditHistory, "training.credit", _("a step of an outside credit"), target="credit", step="step")
    follow(
        ExemptionHistory, "training.exemption", _("a step of an exemption"), target="exemption", step="step"
    )
    follow(
        PolicyChange, "training.policy", _("changed whom training is for"), target="requirement", actor="by"
    )
