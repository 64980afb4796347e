"""`manage.py export_training FILE`: the workbook whose import changes nothing."""

from people.workbook.commands import ExportCommand
from training.workbook import SHEETS, export_training


class Command(ExportCommand):
    help = "Writes training to an Excel workbook, or one sheet of it to CSV, readable by its owner alone."
    sheets = SHEETS

    def content(self, spec):
        return export_training(only=spec)
