"""`manage.py import_roster FILE [--dry-run] [--skip-errors] [--format json]` (training.md §7)."""

from people.roster import examine, import_roster
from people.workbook.commands import ImportCommand


class Command(ImportCommand):
    help = "Reads the staff roster from an Excel workbook or a CSV. Rows absent from it are left alone."

    def examine(self, file):
        return examine(file)

    def write(self, file, *, skip_errors):
        return import_roster(file, skip_errors=skip_errors)
