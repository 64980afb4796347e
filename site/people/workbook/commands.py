"""The commands that bring a workbook in and write one out, whatever its sheets (training.md §7)."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from vietnamese.text import name_key

from .container import WorkbookRefused


class ImportCommand(BaseCommand):
    """`FILE [--dry-run] [--skip-errors] [--format json]`.

    Exit 0 done, 1 a person has to choose (conflicts), 2 bad input; nothing is written unless 0. Subclasses
    say `examine(file)` and `write(file, skip_errors=…)`, each giving a Plan.
    """

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument(
            "--skip-errors", action="store_true", help="write the correct rows, leave the others"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file, dry_run, skip_errors, format, **options):
        try:
            with Path(file).open("rb") as opened:
                plan = self.examine(opened) if dry_run else self.write(opened, skip_errors=skip_errors)
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


class ExportCommand(BaseCommand):
    """`FILE.xlsx`, or `FILE.csv --sheet TITLE`: what importing it again does not change.

    Subclasses say their `sheets` and `content(spec)`: the workbook, or one sheet as text.
    """

    sheets = ()

    def add_arguments(self, parser):
        parser.add_argument("file")
        titles = ", ".join(spec.title for spec in self.sheets)
        parser.add_argument("--sheet", help=f"the sheet a .csv carries: {titles}")

    def handle(self, *, file, sheet, **options):
        path = Path(file)
        content = self.content(self._chosen(path, sheet))
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

    def _chosen(self, path, sheet):
        """The one sheet of a text file; None for a workbook."""
        if path.suffix.lower() != ".csv":
            return None
        chosen = [spec for spec in self.sheets if name_key(spec.title) == name_key(sheet or "")]
        if not chosen:
            titles = ", ".join(spec.title for spec in self.sheets)
            reason = _("A text file carries one sheet. Say which with --sheet: %(titles)s.")
            raise CommandError(reason % {"titles": titles}, returncode=2)
        return chosen[0]
