"""`manage.py import_roster FILE.xlsx [--dry-run] [--skip-errors] [--format json]` (training.md §7).

Exit 0 done, 1 a person has to choose (conflicts), 2 bad input; nothing is written unless 0.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.roster import examine, import_roster
from people.workbook import WorkbookRefused


class Command(BaseCommand):
    help = "Reads the staff roster from an Excel workbook. Rows absent from it are left alone."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument(
            "--skip-errors", action="store_true", help="write the correct rows, leave the others"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file, dry_run, skip_errors, format, **options):
        try:
            with Path(file).open("rb") as workbook:
                plan = examine(workbook) if dry_run else import_roster(workbook, skip_errors=skip_errors)
        except OSError as error:
            self._refuse(format, file, _("The file cannot be read: %(reason)s") % {"reason": error.strerror})
        except WorkbookRefused as refused:
            self._refuse(format, file, refused.message)
        found = plan.as_dict(skip_errors)
        if format == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self._tell(found, dry_run)
        self._leave(plan, plan.refused(skip_errors))

    def _refuse(self, format, file, reason):
        if format == "json":
            error = {"sheet": "", "row": None, "column": "", "value": Path(file).name, "reason": reason}
            empty = {
                "created": 0,
                "changed": 0,
                "unchanged": 0,
                "conflicts": [],
                "errors": [error],
                "warnings": [],
            }
            self.stdout.write(json.dumps(empty, ensure_ascii=False, indent=1))
        raise CommandError(reason, returncode=2)

    def _tell(self, found, dry_run):
        counts = {key: found[key] for key in ("created", "changed", "unchanged")}
        self.stdout.write(_("%(created)s new, %(changed)s changed, %(unchanged)s the same.") % counts)
        if dry_run:
            self.stdout.write(_("A trial: nothing was written."))
        for kind in ("errors", "conflicts", "warnings"):
            stream = self.stdout if kind == "warnings" else self.stderr
            for item in found[kind]:
                stream.write(address(item))

    def _leave(self, plan, refused):
        if refused == "errors":
            first = address(plan.errors[0].as_dict())
            reason = _("Nothing was written: %(count)s errors. The first: %(first)s")
            raise CommandError(reason % {"count": len(plan.errors), "first": first}, returncode=2)
        if refused == "conflicts":
            reason = _("Nothing was written: %(count)s rows need a choice.")
            raise CommandError(reason % {"count": len(plan.conflicts)}, returncode=1)


def address(item):
    place = " ".join(str(part) for part in (item["sheet"], item["row"], item["column"]) if part)
    value = f" “{item['value']}”" if item["value"] else ""
    return f"{place}{value}: {item['reason']}"
