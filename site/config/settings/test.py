"""Tests, and the servers the browser tests start: both must hash passwords alike."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, ROOT, env

SAMPLES_ALLOWED = True
SECRET_KEY = "only-for-tests-" + "0123456789abcdef" * 4
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_FROM_FINDERS = True
EMAIL_BACKEND = env("TEST_EMAIL_BACKEND", default="django.core.mail.backends.locmem.EmailBackend")
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, since threads and child processes must see the same database; a child is told its name.
    _FILE = env("TEST_DATABASE_FILE", default=str(ROOT / "test.sqlite3"))
    DATABASES["default"]["NAME"] = _FILE
    DATABASES["default"]["TEST"] = {"NAME": _FILE}
else:
    _NAME = env("TEST_DATABASE_NAME", default=f"test_{DATABASES['default']['NAME']}")
    DATABASES["default"]["TEST"] = {"NAME": _NAME}
    # What a test wrote need not survive a power cut.
    DATABASES["default"]["OPTIONS"] = {"options": "-c jit=off -c synchronous_commit=off"}
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=tempfile.gettempdir() + "/hungdao-test-media"))
PRIVATE_ROOT = MEDIA_ROOT / "private"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,500/5m/ip"}
LOGGING = {"version": 1, "disable_existing_loggers": False}
