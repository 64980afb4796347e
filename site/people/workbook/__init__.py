"""Reading and writing the office's Excel files, without guessing (training.md §5).

`open_workbook(file)` gives sheets of rows of `Cell`; `cells` turns a cell into a code, text, date or yes/no,
or raises `BadCell` with the sentence a person needs. `write_workbook` writes text as text, whatever it
begins with.
"""

from .cells import BadCell, BadCode, NumberCode, as_choice, as_code, as_date, as_text, as_yes_no
from .reader import Cell, Sheet, Workbook, WorkbookRefused, open_workbook
from .writer import write_workbook

__all__ = [
    "BadCell",
    "BadCode",
    "Cell",
    "NumberCode",
    "Sheet",
    "Workbook",
    "WorkbookRefused",
    "as_choice",
    "as_code",
    "as_date",
    "as_text",
    "as_yes_no",
    "open_workbook",
    "write_workbook",
]
