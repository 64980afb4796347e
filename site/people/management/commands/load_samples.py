"""`manage.py load_samples [--wards N --staff N --years N --initiatives N --seed N] [--format json]`.

Exit 0 done (also when samples are there already: nothing is added then), 2 where samples are not allowed or
a number makes no sense; nothing is written then.
"""

import json
from dataclasses import fields

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.samples import SamplesRefused, Size, load


class Command(BaseCommand):
    help = "Loads people and dossiers marked as samples. A second run adds nothing."

    def add_arguments(self, parser):
        for field in fields(Size):
            parser.add_argument(f"--{field.name}", type=int, default=field.default, metavar="N")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, format, **options):
        size = Size(**{field.name: options[field.name] for field in fields(Size)})
        for name in ("wards", "years"):
            if getattr(size, name) < 1:
                raise CommandError(_("--%(name)s must be at least 1.") % {"name": name}, returncode=2)
        for name in ("staff", "initiatives"):
            if getattr(size, name) < 0:
                raise CommandError(_("--%(name)s must not be negative.") % {"name": name}, returncode=2)
        try:
            made = load(size)
        except SamplesRefused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        if format == "json":
            self.stdout.write(json.dumps({"made": made}, ensure_ascii=False, indent=1))
        elif made:
            self.stdout.write(", ".join(f"{what}: {count}" for what, count in made.items()))
        else:
            self.stdout.write(_("Samples are there already; nothing was added."))
