"""The board of targets, one target, its figures, and what the coordinator decides about it."""

from .board import board, workbook
from .confirming import confirm_shown
from .deciding import confirm_definition, confirm_owners, define, expected, owners
from .figures import add_evidence, evidence, figure
from .page import figures, target

__all__ = [
    "add_evidence",
    "board",
    "confirm_definition",
    "confirm_owners",
    "confirm_shown",
    "define",
    "evidence",
    "expected",
    "figure",
    "figures",
    "owners",
    "target",
    "workbook",
]
