"""The formality checklist the secretary ticks before accepting (legal.md §1.3 step 4, §2.1)."""

from django.utils.translation import gettext_lazy as _

CHECKLIST = {
    "form": _("Every item of the application is filled in"),
    "authors": _("Authors, shares and confirmations are right"),
    "body": _("The ward committee is the body that can recognise it"),
    "first_use": _("Filed within one year of first use or trial"),
    "kind": _("It is one of the four kinds of solution"),
    "not_excluded": _("It is not against public order or morals, nor a protected right"),
    "evidence": _("Evidence is attached and can be opened"),
    "confidential": _("Confidential parts are marked"),
}


def open_items(initiative):
    """Codes of the checklist that are not ticked yet, in its order."""
    ticked = initiative.formality_checklist or {}
    return [code for code in CHECKLIST if not ticked.get(code)]
