"""The roster as a workbook whose import changes nothing."""

from ..workbook.exporting import export
from .sheets import SHEETS
from .stored import stored_roster


def export_roster(*, with_leave_kind, roster=None, only=None) -> bytes:
    """The five sheets, rows by key; `only`: one of them as CSV. The kind of a leave is health data: left
    empty unless `with_leave_kind` (the personnel officer, the command); an empty one changes nothing when it
    comes back."""
    roster = stored_roster() if roster is None else roster
    if not with_leave_kind:
        leaves = {key: values | {"kind": ""} for key, values in roster["leaves"].items()}
        roster = roster | {"leaves": leaves}
    return export(SHEETS, roster, title="Sổ nhân sự", only=only)
