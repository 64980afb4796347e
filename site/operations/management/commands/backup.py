"""`manage.py backup FILE|FOLDER`: database, files and settings in one encrypted, checked file."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from operations import events, keys, making, rotation
from operations.problems import Refused
from operations.telling import OperationsCommand, contents, facts, recorded
from trust.uploads import size_in_words


class Command(OperationsCommand):
    help = (
        "Writes a backup of database, files and settings while people work, encrypted with BACKUP_KEY and "
        "read back. Into a folder it gets a name by its time, and --keep removes older ones."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("path", nargs="?", metavar="FILE|FOLDER")
        parser.add_argument(
            "--verify",
            action="store_true",
            default=True,
            help="read the file back and compare every row and file (the default)",
        )
        parser.add_argument("--no-verify", dest="verify", action="store_false", help="do not read it back")
        parser.add_argument(
            "--keep",
            nargs="+",
            type=int,
            metavar="N",
            help="of the folder keep the last backup of each of the last N days [weeks [months]]",
        )
        parser.add_argument(
            "--make-key", action="store_true", help="print a new key for BACKUP_KEY, do nothing else"
        )

    def run(self, *, path, verify, keep, make_key, **options):
        if make_key:
            key = keys.new_key()
            return {"key": key}, [f"BACKUP_KEY={key}"]
        target = self._target(path, keep)
        with recorded(events.record, "backup.made") as about:
            made = making.make(target, verify=verify)
            about |= {
                "rows": sum(count.rows for count in made.manifest.tables.values()),
                "files": made.manifest.files,
            }
            about |= {"megabytes": made.size // 1024**2, "verified": made.verified}
        gone = rotation.rotate(target.parent, *keep) if keep else []
        said = {
            "done": True,
            "path": str(made.path),
            "bytes": made.size,
            "verified": made.verified,
            "removed": gone,
            **facts(made.header, made.manifest),
        }
        return said, self._words(made, gone)

    def _target(self, path, keep):
        if not path:
            raise Refused(_("Name the file or the folder to write to."))
        if keep and (len(keep) > 3 or min(keep) < 0 or keep[0] < 1):
            raise Refused(_("--keep takes up to three numbers: days (at least 1), weeks, months."))
        path = Path(path)
        if path.is_dir():
            return path / rotation.name_at(timezone.localtime())
        if keep:
            raise Refused(_("--keep needs a folder: backups in it are named by their time."))
        return path

    def _words(self, made, gone):
        yield _("Written: %(path)s (%(size)s).") % {"path": made.path, "size": size_in_words(made.size)}
        yield contents(made.header, made.manifest)
        if made.verified:
            yield _("Read back: whole and unaltered.")
        for name in gone:
            yield _("Removed: %(name)s") % {"name": name}
