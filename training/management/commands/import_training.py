"""`manage.py import_training FILE [--dry-run] [--skip-errors] [--format json]` (training.md §7)."""

from people.workbook.commands import ImportCommand
from training.imports import import_training
from training.workbook import examine


class Command(ImportCommand):
    help = "Reads courses, sessions, attendance, credits and exemptions from an Excel workbook or a CSV."

    def examine(self, file):
        return examine(file)

    def write(self, file, *, skip_errors):
        return import_training(file, skip_errors=skip_errors)
