"""A training workbook from upload to revert, row by row.

`begin` keeps a file, `read` makes its preview (at once or by the worker), `decide` keeps what a person says
of its rows, `apply` writes it in one transaction, `revert` takes it back. `import_training` does without
preview.
"""

from .batches import begin, drop, is_short, read, read_in_background
from .decisions import Answer, NotInPreview, decide, decide_all, needs_person, standing
from .direct import import_training
from .reverting import obstacles, revert
from .writing import apply

__all__ = [
    "Answer",
    "NotInPreview",
    "apply",
    "begin",
    "decide",
    "decide_all",
    "drop",
    "import_training",
    "is_short",
    "needs_person",
    "obstacles",
    "read",
    "read_in_background",
    "revert",
    "standing",
]
