"""The portal on a database of its own with plan, samples and what the samples lack, served by daphne."""

import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.server import ROOT, Daphne, free_port

from .certificate import self_signed


@dataclass
class Site:
    """A portal that answers; `cookies` are those of people who are signed in, by account."""

    origin: str
    cookies: dict = field(default_factory=dict)

    def cookie_of(self, reader):
        """The cookie header of `reader`; none for everybody."""
        if reader and reader not in self.cookies:
            self.cookies[reader] = _session(reader)
        return self.cookies.get(reader, "")


@contextmanager
def served(for_browsers, settings=None, tls=False):
    """`for_browsers`: with collected, hashed and packed static files, as production has them. `settings`: of
    the portal, instead of those for looking at pages; `tls`: with a certificate made for the occasion."""
    port, scheme = free_port(), "https" if tls else "http"
    if settings is None:
        settings = "bench.public_settings" if for_browsers else "config.settings.local"
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": settings,
            "DATABASE_URL": f"sqlite:///{folder}/audit.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
            "SITE_URL": f"{scheme}://127.0.0.1:{port}",
            "EMAIL_URL": "smtp://127.0.0.1:25",  # no worker runs, so nothing is sent
            "REDIS_URL": "",
            "SECRET_KEY": "only-for-the-audit-" + "0123456789abcdef" * 4,
            "SAMPLE_PASSWORD": "only-for-the-audit",
        }
        _prepare(for_browsers)
        with Daphne({}, port, certificate=self_signed(folder) if tls else None) as server:
            yield Site(server.origin)


def _prepare(for_browsers):
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if for_browsers:
        call_command("collectstatic", interactive=False, verbosity=0)
    for command in ("load_plan", "load_samples"):
        call_command(command, stdout=sys.stderr)
    from .content import add_content

    add_content()


def _session(reader):
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(username=reader))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
