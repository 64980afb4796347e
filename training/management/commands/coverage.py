"""`manage.py coverage --year Y [--as-of D] [--unit CODE] [--requirement CODE]` (training.md §6).

Exit 0 when everybody who had to is trained, 1 otherwise, 2 on bad input with the reason on stderr.
"""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from training import coverage
from training.models import CoverageSnapshot
from training.reference_data import DIGITAL_SKILLS
from training.report import UnknownUnit, frozen_report, live_report, what_if


class Command(BaseCommand):
    help = "Says which officials have had their training. Exit 0 when nobody is missing."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--as-of", metavar="YYYY-MM-DD")
        parser.add_argument("--unit", metavar="CODE", help="only this unit and what is under it")
        parser.add_argument("--requirement", default=DIGITAL_SKILLS, metavar="CODE")
        parser.add_argument("--min-minutes", type=int, metavar="N", help="what if; nothing is stored")
        parser.add_argument("--min-available-days", type=int, metavar="N", help="what if; nothing is stored")
        parser.add_argument("--freeze", choices=CoverageSnapshot.Label.values, help="read a freeze instead")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, year, as_of, unit, requirement, freeze, format, **options):
        found = self._report(year, as_of, unit, requirement, freeze, options)
        if format == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self._tell(found)
        if not found["complete"]:
            raise SystemExit(1)

    def _report(self, year, as_of, unit, requirement, freeze, options):
        day = self._day(year, as_of)
        try:
            policy = coverage.policy_of(requirement, year)
            if freeze:
                return frozen_report(policy, freeze, unit)
            return live_report(self._what_if(policy, options), day, unit)
        except coverage.UnknownRequirement:
            self._refuse(_("There is no requirement “%(code)s”.") % {"code": requirement})
        except UnknownUnit:
            self._refuse(_("There is no unit “%(code)s”.") % {"code": unit})
        except CoverageSnapshot.DoesNotExist:
            self._refuse(_("%(year)s was not frozen under this label.") % {"year": year})

    def _day(self, year, as_of):
        today = timezone.localdate()
        if not 2000 <= year <= 2199:
            self._refuse(_("The year %(year)s cannot be right here.") % {"year": year})
        try:
            day = coverage.default_day(year, today)
        except ValueError:
            self._refuse(_("The year %(year)s has not begun.") % {"year": year})
        if as_of is None:
            return day
        try:
            day = date.fromisoformat(as_of)
        except ValueError:
            self._refuse(_("Write the day as 2026-12-31."))
        if day.year != year:
            self._refuse(_("%(day)s is not in %(year)s.") % {"day": as_of, "year": year})
        return day

    def _what_if(self, policy, options):
        minutes, days = options["min_minutes"], options["min_available_days"]
        if minutes is not None and minutes < 1:
            self._refuse(_("--%(name)s must be at least 1.") % {"name": "min-minutes"})
        if days is not None and days < 0:
            self._refuse(_("--%(name)s must not be negative.") % {"name": "min-available-days"})
        return what_if(policy, minutes, days)

    def _refuse(self, reason):
        raise CommandError(reason, returncode=2)

    def _tell(self, found):
        self.stdout.write(
            _("%(trained)s of %(population)s trained on %(day)s; strict %(strict)s, official %(official)s.")
            % {
                "trained": found["trained"],
                "population": found["population"],
                "day": found["as_of"],
                "strict": _shown(found["strict"]),
                "official": _shown(found["official"]),
            }
        )
        for unit in found["units"]:
            share = f"{unit['trained']}/{unit['population']}"
            self.stdout.write(f"  {unit['code'] or '–':<12} {share:<9} {unit['name']}")
        for person in found["missing_staff"]:
            self.stdout.write(f"  {person['staff_code']:<12} {person['unit']:<12} {person['name']}")


def _shown(percent):
    return _("nobody concerned") if percent is None else f"{percent} %"
