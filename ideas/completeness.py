"""What a dossier still lacks before it can be submitted: one list for the form and for the workflow."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from editing.fields import too_long

from .text import TITLE_MOST


@dataclass(frozen=True)
class Missing:
    """One thing still to do: the step of the form and the field it belongs to, and its sentence."""

    step: int
    field: str
    text: str


STEPS = {
    1: _("Name and field"),
    2: _("Authors and shares"),
    3: _("First use, investor"),
    4: _("Description"),
    5: _("Benefit"),
    6: _("Evidence, confidentiality"),
    7: _("Check and submit"),
}

# Items of TT 18/2013 Phụ lục I that may not stay empty; what "if any" says is not here.
_REQUIRED = (
    (1, "title", _("Name of the initiative")),
    (1, "kind", _("Kind of solution")),
    (1, "field", _("Field of application")),
    (1, "problem", _("The problem it solves")),
    (3, "investor", _("Investor")),
    (4, "prior_state", _("How it was before")),
    (4, "description", _("What the solution is")),
    (4, "novelty", _("What is new")),
    (4, "applicability", _("Where else it can be used")),
    (4, "conditions", _("Conditions for using it")),
    (5, "benefit_by_author", _("Benefit as the authors see it")),
    (5, "public_summary", _("Summary")),
)


def missing_items(initiative):
    """Everything the form still asks for, in its order; shares and confirmations are asked elsewhere."""
    missing = [Missing(step, name, label) for step, name, label in _REQUIRED if not getattr(initiative, name)]
    if words := too_long(initiative.title, TITLE_MOST):
        name = _("Name of the initiative")
        missing.append(Missing(1, "title", f"{name}: {words}"))
    if initiative.first_use_on is None:
        missing.append(Missing(3, "first_applied_on", _("The day of first use or trial")))
    if initiative.uses_public_money is None:
        missing.append(Missing(3, "uses_public_money", _("Whether public money was used")))
    if initiative.has_confidential_part is None:
        missing.append(Missing(6, "has_confidential_part", _("Whether something must stay confidential")))
    elif initiative.has_confidential_part and not initiative.confidential_part:
        missing.append(Missing(6, "confidential_part", _("What must stay confidential")))
    if not any(_is_evidence(attachment) for attachment in initiative.attachments.all()):
        missing.append(Missing(6, "attachments", _("At least one piece of evidence")))
    missing.extend(
        Missing(2, f"author-{author.pk}", _("Date of birth of %(name)s") % {"name": author.full_name})
        for author in initiative.authors.all()
        if author.birth_date is None
    )
    return sorted(missing, key=lambda item: item.step)


def _is_evidence(attachment):
    return attachment.kind == "evidence" and attachment.removed_at is None
