"""Training as a workbook: five sheets, read and written to the letter of training.md §7.

`examine(file)` reads and compares without writing; `write_plan` writes what a comparison found;
`export_training()` writes the workbook whose import changes nothing. Batches, decisions and taking back are
in `training.imports`.
"""

from .compare import Importer, compare
from .export import export_training
from .files import read_training
from .importing import examine, examine_rows, one_at_a_time, write_plan
from .sheets import SHEETS
from .stored import stored_for, stored_training
from .writing import WRITTEN

__all__ = [
    "SHEETS",
    "WRITTEN",
    "Importer",
    "compare",
    "examine",
    "examine_rows",
    "export_training",
    "one_at_a_time",
    "read_training",
    "stored_for",
    "stored_training",
    "write_plan",
]
