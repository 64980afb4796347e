"""`manage.py audit_trail check|export|seal|anchor|remove|reanchor`: the audit trail from the server.

Exit 0 done, 1 the trail is not as it was written, 2 bad input with the reason on stderr.
"""

import json
import os
import re
import sys
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from trust.audit import anchors, checking, keeping, sealing
from trust.audit.actions import Kind, action_of
from trust.audit.reading import as_plain, search

ANCHOR = re.compile(r"(\d+):([0-9a-f]{64})")


class Command(BaseCommand):
    help = "Checks, exports, seals and thins out the audit trail."

    def add_arguments(self, parser):
        parts = parser.add_subparsers(dest="part", required=True)
        check = parts.add_parser("check", help="is every event as it was written?")
        check.add_argument("--format", choices=["text", "json"], default="text")
        check.add_argument(
            "--anchor", action="append", default=[], metavar="NUMBER:HASH", help="an anchor from the log"
        )
        export = parts.add_parser("export", help="JSON lines, oldest first, with seal number and hash")
        export.add_argument("--out", metavar="FILE", help="a new file, readable by its owner alone")
        export.add_argument("--from", dest="first_day", metavar="YYYY-MM-DD")
        export.add_argument("--to", dest="last_day", metavar="YYYY-MM-DD", help="the last day, included")
        export.add_argument("--kind", choices=[kind.value for kind in Kind])
        export.add_argument("--action", help="a code, for example signin.failed")
        export.add_argument("--account", help="a user name")
        parts.add_parser("seal", help="seal what is written since")
        parts.add_parser("anchor", help="note the newest seal in the log and the anchor file")
        parts.add_parser("remove", help="remove what is older than AUDIT_KEEP_MONTHS")
        parts.add_parser("reanchor", help="begin the anchors anew after an older backup was restored")

    def handle(self, *, part, **options):
        getattr(self, f"_{part}")(options)

    def _check(self, options):
        try:
            report = checking.check(extra_anchors=[_anchor(text) for text in options["anchor"]])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(report) | {"intact": report.intact}, indent=2))
        else:
            for finding in report.findings:
                self.stdout.write(_line(finding))
            self.stdout.write(
                f"seals {report.first}-{report.last}, {report.unsealed} not sealed yet, "
                f"{'intact' if report.intact else 'NOT INTACT'}, anchor {report.last}:{report.hash}"
            )
        if not report.intact:
            raise CommandError(_("The audit trail is not as it was written."), returncode=1)

    def _export(self, options):
        rows = search(**_wanted(options)).order_by("at", "pk")
        with _written(options["out"], self.stdout) as file:
            for row in as_plain(rows):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _seal(self, options):
        self.stdout.write(str(sealing.seal_new(thorough=True)))

    def _anchor(self, options):
        sealing.seal_new()
        dropped = anchors.drop_anchor()
        self.stdout.write("{}:{}".format(*dropped) if dropped else "-")

    def _remove(self, options):
        try:
            self.stdout.write(str(keeping.remove_old()))
        except keeping.TrailDamaged as error:
            raise CommandError(str(error), returncode=1) from error

    def _reanchor(self, options):
        self.stdout.write(str(anchors.start_anew()))


def _line(finding):
    parts = [finding.code]
    parts += [f"seal {finding.number}"] if finding.number is not None else []
    parts += [f"event {finding.event}"] if finding.event is not None else []
    return " ".join([*parts, finding.detail]).strip()


def _anchor(text):
    found = ANCHOR.fullmatch(text)
    if not found:
        raise CommandError(_("An anchor reads NUMBER:HASH, as the log has it."), returncode=2)
    return int(found[1]), found[2]


def _wanted(options):
    if options["action"]:
        try:
            action_of(options["action"])
        except KeyError:
            raise CommandError(
                _("No action has the code %(code)s.") % {"code": options["action"]}, returncode=2
            ) from None
    first, last = _day(options["first_day"]), _day(options["last_day"])
    return {
        "since": _midnight(first) if first else None,
        "until": _midnight(last + timedelta(days=1)) if last else None,
        "kind": options["kind"] or "",
        "action": options["action"] or "",
        "account": options["account"] or "",
    }


def _day(text):
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(_("A day reads YYYY-MM-DD."), returncode=2) from None


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


@contextmanager
def _written(path, stdout):
    """A new file of the owner's alone, or the output."""
    if path is None:
        yield stdout if stdout._out is not sys.stdout else sys.stdout
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(str(error), returncode=2) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        yield file
