"""What is wrong in a file, as a workbook to correct it by."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.workbook import write_workbook

from ..workbook.sheets import BY_CODE


def error_list(batch) -> bytes:
    """One line an issue, with the address of its cell; remarks last."""
    headings = [
        (pgettext("workbook", "Sheet"), 18),
        (pgettext("workbook", "Row"), 8),
        (pgettext("workbook", "Cell"), 18),
        (pgettext("workbook", "Column"), 20),
        (_("Value in the file"), 28),
        (pgettext("workbook", "Kind"), 14),
        (_("What is wrong"), 80),
    ]
    kinds = {
        "error": pgettext("workbook", "error"),
        "conflict": pgettext("workbook", "unclear"),
        "warning": pgettext("workbook", "remark"),
    }
    lines = [
        [i["sheet"], None, "", i["column"], i["value"], kinds[i["kind"]], i["reason"]]
        for i in batch.file_issues
    ]
    for row in batch.rows.exclude(issues=[]):
        for i in row.issues:
            place = [BY_CODE[row.sheet].title, row.number, i["cell"]]
            lines.append([*place, i["column"], i["value"], kinds[i["kind"]], i["reason"]])
    order = list(kinds.values())
    lines.sort(key=lambda line: order.index(line[5]))
    return write_workbook([(pgettext("workbook", "Errors"), headings, lines)], title=_("Errors of an import"))
