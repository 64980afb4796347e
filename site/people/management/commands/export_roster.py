"""`manage.py export_roster FILE.xlsx`: the workbook whose import changes nothing, kinds of leave included."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.roster import export_roster


class Command(BaseCommand):
    help = "Writes the staff roster to an Excel workbook, readable by its owner alone."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        content = export_roster(with_leave_kind=True)
        path = Path(file)
        beside = path.with_name(path.name + ".part")
        try:
            beside.touch(mode=0o600)
            beside.write_bytes(content)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            reason = _("The file cannot be written: %(reason)s") % {"reason": error.strerror}
            raise CommandError(reason, returncode=2) from error
        self.stdout.write(str(path))
