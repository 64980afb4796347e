"""`manage.py export_roster FILE`: the workbook whose import changes nothing, kinds of leave included."""

from people.roster import export_roster
from people.roster.sheets import SHEETS
from people.workbook.commands import ExportCommand


class Command(ExportCommand):
    help = "Writes the staff roster to an Excel workbook, or one sheet to CSV, readable by its owner alone."
    sheets = SHEETS

    def content(self, spec):
        return export_roster(with_leave_kind=True, only=spec)
