"""`manage.py recount_votes CODE`: counts the votes of a competition again and compares with the kept count.

Exit 0 they agree (the first count is kept where there was none), 1 they differ, 2 an unknown code or a vote
that is not over, with the reason on stderr and nothing written. The keys of `--format json` are a contract.
"""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from competitions.models import CompetitionPage
from competitions.voting import counting


class Command(BaseCommand):
    help = "Counts the votes of a competition again and compares with the count that is kept."

    def add_arguments(self, parser):
        parser.add_argument("code", help="for example CT-2026-01")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, code, format, **options):
        competition = CompetitionPage.objects.filter(code=code).first()
        if competition is None:
            raise CommandError(
                pgettext("voting", "No competition has the code %(code)s.") % {"code": code}, returncode=2
            )
        try:
            found = counting.recount(competition)
        except counting.NotOver:
            reason = _("The competition %(code)s has no public vote that is over.")
            raise CommandError(reason % {"code": code}, returncode=2) from None
        if format == "json":
            self.stdout.write(json.dumps(_report(competition, found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(found)))
        if not found.agrees:
            raise CommandError(_("The votes differ from the count that is kept."), returncode=1)


def _report(competition, found):
    return {
        "competition": competition.code,
        "agrees": found.agrees,
        "counted_at": timezone.localtime(found.kept.counted_at).isoformat(timespec="seconds"),
        "sha256": found.kept.sha256,
        "kept": found.before,
        "counted": found.counted,
    }


def _lines(found):
    for entry in sorted(found.before.keys() | found.counted.keys()):
        before, now = found.before.get(entry, 0), found.counted.get(entry, 0)
        yield f"  {'=' if before == now else '!'} {entry}: {now}" + (f" ({before})" if before != now else "")
    yield f"sha256 {found.kept.sha256}"
