"""`manage.py state_diagram`: writes docs/initiative-states.md; `--check` says whether it is current."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ideas import diagram


class Command(BaseCommand):
    help = "Writes the state diagram of initiatives (Mermaid) to docs/."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="write nothing, exit 1 when it is not current"
        )

    def handle(self, *, check, **options):
        path = Path(settings.ROOT) / diagram.PATH
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != diagram.page():
                raise CommandError(
                    f"{diagram.PATH} is not current: run manage.py state_diagram", returncode=1
                )
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(diagram.page(), encoding="utf-8")
        self.stdout.write(diagram.PATH)
