"""The staff roster as a workbook: five sheets, read and written to the letter of training.md §7.

`examine(file)` reads and compares without writing; `import_roster(file, …)` does the same inside one
transaction and writes; `export_roster(…)` writes the workbook whose import changes nothing.
"""

from .compare import compare
from .export import export_roster
from .files import read_roster
from .importing import examine, import_roster, write_roster
from .stored import stored_roster

__all__ = [
    "compare",
    "examine",
    "export_roster",
    "import_roster",
    "read_roster",
    "stored_roster",
    "write_roster",
]
