"""`manage.py restore FILE`: a backup in place of what is there; `--check` only reads it."""

import os
from pathlib import Path

from django.utils.translation import gettext as _

from operations import checking, events, restoring
from operations.problems import Damaged, Refused
from operations.telling import OperationsCommand, contents, facts, recorded


class Command(OperationsCommand):
    help = "Puts a backup in place of an empty portal, or with --replace of the present one."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("path", nargs="?", metavar="FILE")
        parser.add_argument("--check", action="store_true", help="read all of it, write nothing")
        parser.add_argument("--replace", action="store_true", help="even where the portal is not empty")
        parser.add_argument(
            "--keep-old", action="store_true", help="leave the replaced database and files aside afterwards"
        )
        parser.add_argument(
            "--forget-old", action="store_true", help="remove what --keep-old left aside, do nothing else"
        )
        parser.add_argument(
            "--settings-to", metavar="FILE", help="write the settings in the backup there, do nothing else"
        )

    def run(self, *, path, check, replace, keep_old, forget_old, settings_to, **options):
        if forget_old:
            gone = restoring.forget_old()
            return {"done": True, "removed": gone}, [_("Removed: %(name)s") % {"name": name} for name in gone]
        if not path:
            raise Refused(_("Name the backup."))
        if check:
            return self._check(path)
        if settings_to:
            return self._settings(path, Path(settings_to))
        return self._restore(path, replace, keep_old)

    def _check(self, path):
        found = checking.check(path)
        said = {"done": True, "older": found.is_older, **facts(found.header, found.manifest)}
        words = [_("Whole and unaltered."), contents(found.header, found.manifest)]
        if found.is_older:
            words.append(_("Made by an older version: restoring it brings its tables forward to this one."))
        return said, words

    def _settings(self, path, target):
        text = _not_begun(restoring.settings_of, path)
        try:
            with open(target, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(text)
        except OSError as error:
            raise Refused(
                _("%(file)s was not written: %(reason)s") % {"file": target, "reason": error.strerror}
            ) from error
        return {"done": True, "path": str(target)}, [_("Settings written: %(file)s") % {"file": target}]

    def _restore(self, path, replace, keep_old):
        with recorded(events.record, "backup.restored", replace=replace) as about:
            done = _not_begun(restoring.restore, path, replace=replace, keep_old=keep_old)
            about |= {
                "made_at": done.header.made_at,
                "rows": _rows(done.manifest),
                "files": done.manifest.files,
            }
        said = {
            "done": True,
            "brought_forward": done.brought_forward,
            "kept": list(done.kept),
            "seconds": round(done.seconds, 1),
            **facts(done.header, done.manifest),
        }
        words = [
            _("Restored, every row and file compared: the same as in the backup."),
            contents(done.header, done.manifest),
        ]
        if done.brought_forward:
            words.append(_("The tables were brought forward to this version."))
        words += [_("Kept aside: %(place)s") % {"place": place} for place in done.kept]
        return said, words


def _rows(manifest):
    return sum(count.rows for count in manifest.tables.values())


def _not_begun(action, *args, **kwargs):
    """A damaged backup is bad input where something was to be written; only --check fails on it."""
    try:
        return action(*args, **kwargs)
    except Damaged as damaged:
        raise Refused(str(damaged)) from damaged
