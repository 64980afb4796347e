"""A dossier's pages: the dossier itself, its steps, its formality check, its complaints."""

from .changes import changes
from .checklist import attach, check
from .complaints import complaints, file_complaint, settle, take_up
from .files import decision_file
from .links import link, unlink
from .page import dossier, live
from .step import step

__all__ = [
    "attach",
    "changes",
    "check",
    "complaints",
    "decision_file",
    "dossier",
    "file_complaint",
    "link",
    "live",
    "settle",
    "step",
    "take_up",
    "unlink",
]
