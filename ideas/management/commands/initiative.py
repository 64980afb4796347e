"""`manage.py initiative CODE`: where a dossier stands, what may happen next and why not, its frozen result.

Exit 0 done, 2 an unknown code or account, with the reason on stderr. The keys of `--format json` are a
contract: codes and figures, no words of a language, no points of a sheet (read behind the access check).
"""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ideas import reasons, workflow
from ideas.holders import holder_of
from ideas.models import Initiative
from ideas.moves import Actor
from people.models import User


class Command(BaseCommand):
    help = "Shows the state of an initiative, its transitions with reasons, and its frozen result."

    def add_arguments(self, parser):
        parser.add_argument("code", help="for example SK-2026-HD15")
        parser.add_argument(
            "--as", dest="username", help="ask as this account, instead of as whoever can act"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, code, username, **options):
        initiative = Initiative.objects.for_workflow().filter(code=code).first()
        if initiative is None:
            raise CommandError(_("No initiative has the code %(code)s.") % {"code": code}, returncode=2)
        now = timezone.now()
        asked = answers(initiative, _actor(username), now)
        if options["format"] == "json":
            self.stdout.write(json.dumps(report(initiative, username, asked), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(initiative, asked)))


def _actor(username):
    if username is None:
        return None
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(_("No account is called %(name)s.") % {"name": username}, returncode=2)
    return Actor.of(user)


def answers(initiative, actor, now):
    """The answer of every step: to `actor`, or to whoever holds the capacity that takes it."""
    lookups = {}
    return [
        workflow.may(
            initiative,
            name,
            actor or holder_of(initiative, name, now, lookups),
            now=now,
            lookups=lookups,
        )
        for name in workflow.TRANSITIONS
    ]


def report(initiative, username, asked):
    """The JSON of one dossier; keys and their order stay."""
    return {
        "code": initiative.code,
        "state": str(initiative.state),
        "state_since": _moment(initiative.state_since),
        "round": f"{initiative.round.year}/{initiative.round.number}" if initiative.round else None,
        "evaluation": initiative.evaluation_number,
        "asked_as": username,
        "transitions": [
            {
                "transition": answer.transition,
                "allowed": answer.allowed,
                "reason": answer.reason or None,
                "who": list(answer.who),
                "until": answer.until.isoformat() if answer.until else None,
                "acting_as": answer.acting_as or None,
            }
            for answer in asked
        ],
        "result": _result(initiative.current_result),
    }


def _result(result):
    if result is None:
        return None
    return {
        "evaluation": result.evaluation_number,
        "sequence": result.sequence,
        "frozen_at": _moment(result.frozen_at),
        "sha256": result.sha256,
        "submitted": result.submitted,
        "expected": result.expected,
        "mean": _figure(result.mean),
        "median": _figure(result.median),
        "spread": _figure(result.spread),
        "grade": result.grade or None,
        "verdict": result.verdict or None,
        "has_disagreement": result.has_disagreement,
        "for_city": result.for_city,
    }


def _figure(value):
    return None if value is None else format(value, "f")


def _moment(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _lines(initiative, asked):
    yield f"{initiative.code}: {initiative.get_state_display()} ({initiative.state})"
    for answer in asked:
        mark = "+" if answer.allowed else "-"
        until = f", {_('until')} {answer.until:%d/%m/%Y}" if answer.until else ""
        words = "" if answer.allowed else f": {reasons.sentence(answer)} [{answer.reason}]"
        yield f"  {mark} {answer.transition} ({reasons.who_can(answer)}{until}){words}"
    result = initiative.current_result
    if result is not None:
        yield (
            f"  = {_figure(result.mean)} {result.grade} {result.verdict} "
            f"{result.submitted}/{result.expected} sha256 {result.sha256}"
        )
