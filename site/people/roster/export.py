"""The roster as a workbook whose import changes nothing."""

from ..workbook import write_workbook
from .sheets import SHEETS
from .stored import stored_roster


def export_roster(*, with_leave_kind, roster=None) -> bytes:
    """The five sheets, rows by key. The kind of a leave is health data: left empty unless `with_leave_kind`
    (the personnel officer, the command); an empty one changes nothing when it comes back."""
    roster = stored_roster() if roster is None else roster
    return write_workbook(
        [
            (
                spec.title,
                [(column.heading, column.width) for column in spec.columns],
                [
                    _row(spec, key, roster[spec.code][key], with_leave_kind)
                    for key in sorted(roster[spec.code])
                ],
            )
            for spec in SHEETS
        ],
        title="Sổ nhân sự",
    )


def _row(spec, key, values, with_leave_kind):
    whole = dict(zip(spec.key_names, key, strict=True)) | values
    if spec.code == "leaves" and not with_leave_kind:
        whole["kind"] = ""
    return [_shown(whole[column.name]) for column in spec.columns]


def _shown(value):
    return {True: "Có", False: "Không"}[value] if isinstance(value, bool) else value
