"""Reading and writing the office's files, without guessing (training.md §5).

`read_file(file, sheets, kinds)` gives rows of plain values with their issues, from a workbook or a text file;
`cells` and `quantities` say what a cell means or raise `BadCell` with the sentence a person needs; `checks`
are the rules every sheet shares; `Plan` is what an import reports. `write_workbook` writes text as text,
whatever it begins with.
"""

from .cells import (
    BadCell,
    BadCode,
    NumberCode,
    as_choice,
    as_code,
    as_date,
    as_short_code,
    as_text,
    as_yes_no,
)
from .container import WorkbookRefused
from .plan import Plan
from .quantities import as_code_list, as_minutes, as_number_list, as_time, as_word
from .rows import UNKNOWN, FileRows, Issue, Row, read_file
from .sheets import Column, SheetSpec
from .writer import A3, PrintedSheet, save_workbook, write_text, write_workbook

__all__ = [
    "A3",
    "UNKNOWN",
    "BadCell",
    "BadCode",
    "Column",
    "FileRows",
    "Issue",
    "NumberCode",
    "Plan",
    "PrintedSheet",
    "Row",
    "SheetSpec",
    "WorkbookRefused",
    "as_choice",
    "as_code",
    "as_code_list",
    "as_date",
    "as_minutes",
    "as_number_list",
    "as_short_code",
    "as_text",
    "as_time",
    "as_word",
    "as_yes_no",
    "read_file",
    "save_workbook",
    "write_text",
    "write_workbook",
]
