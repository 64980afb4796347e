"""`manage.py load_plan [--format json]`: the ward and its units, the plan's targets, tasks and dates, and the
first public pages.

Exit 0 done, 2 when the plan's data cannot be read (nothing is written then).
"""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.plan_file import read_plan
from plan.loading import load_content
from plan.public.found import TARGET, TASK
from plan.units import load_units
from portal import first_site, search


class Command(BaseCommand):
    help = "Makes the units, targets, tasks and dates the plan names; what the office has edited since stays."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, format, **options):
        try:
            source = read_plan()["source"]
            created, kept = load_units()
            made = load_content()
            pages = first_site.publish()
            search.refresh(TARGET)  # written in bulk, so that nobody was told of single rows
            search.refresh(TASK)
        except (OSError, ValueError, KeyError) as error:
            reason = _("The plan's data cannot be read: %(reason)s") % {"reason": error}
            raise CommandError(reason, returncode=2) from error
        if format == "json":
            found = {
                "plan": source["number"],
                "date": source["date"],
                "created": created,
                "kept": kept,
                "made": made,
                "pages": pages,
            }
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        figures = {"number": source["number"], "created": len(created), "kept": len(kept)}
        self.stdout.write(_("Plan %(number)s: %(created)s units made, %(kept)s kept.") % figures)
        self.stdout.write(
            _("Targets made: %(targets)s, tasks: %(tasks)s.")
            % {"targets": made["targets"], "tasks": made["tasks"]}
        )
        self.stdout.write(_("Public pages made: %(count)s.") % {"count": len(pages)})
