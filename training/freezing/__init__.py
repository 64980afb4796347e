"""Freezes: the coverage of a day as values, with its hash (training.md §1, last paragraph).

`checklist` says what must be settled first, `taking` writes a version, `records` is what is hashed and how it
is read again, `difference` what has changed since, `seen` who reads which rows, `workbook` and `paper` the
files that carry the hash.
"""

from .checklist import Item, checklist
from .difference import Change, Difference, difference
from .records import Row, Verification, live_rows, verify
from .taking import Label, Refused, as_of, freeze, latest, may_freeze

__all__ = [
    "Change",
    "Difference",
    "Item",
    "Label",
    "Refused",
    "Row",
    "Verification",
    "as_of",
    "checklist",
    "difference",
    "freeze",
    "latest",
    "live_rows",
    "may_freeze",
    "verify",
]
