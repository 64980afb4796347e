"""Official papers: of a meeting, about a dossier, drafts for the head, receipts."""

from .deciding import draft, drafts
from .dossier import about_dossier, register_about_dossier, signed_about_dossier
from .meeting import of_meeting, register_of_meeting, signed_of_meeting
from .receipt import receipt

__all__ = [
    "about_dossier",
    "draft",
    "drafts",
    "of_meeting",
    "receipt",
    "register_about_dossier",
    "register_of_meeting",
    "signed_about_dossier",
    "signed_of_meeting",
]
