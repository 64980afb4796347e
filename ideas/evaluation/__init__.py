"""Scoring of a dossier: who may write in a sheet, writing, seats that pass on, the close."""

from scoring.saving import SheetChanged

from .asking import SheetRefused, can_declare, can_score
from .closing import freeze_results
from .declaring import confirm_no_conflict
from .on_paper import (
    can_correct,
    correct,
    differing,
    drop_paper,
    key_in,
    own_keying,
    print_papers,
    reading_of,
)
from .seating import (
    assign_alternate,
    declare_conflict,
    fill_seat,
    open_sheets,
    reopen_sheet,
    void_open_sheets,
)
from .telling import assignments, members_of, officers_of, remind, to_officers, to_watchers
from .writing import save_sheet, submit_sheet

__all__ = [
    "SheetChanged",
    "SheetRefused",
    "assign_alternate",
    "assignments",
    "can_correct",
    "can_declare",
    "can_score",
    "confirm_no_conflict",
    "correct",
    "declare_conflict",
    "differing",
    "drop_paper",
    "fill_seat",
    "freeze_results",
    "key_in",
    "members_of",
    "officers_of",
    "open_sheets",
    "own_keying",
    "print_papers",
    "reading_of",
    "remind",
    "reopen_sheet",
    "save_sheet",
    "submit_sheet",
    "to_officers",
    "to_watchers",
    "void_open_sheets",
]
