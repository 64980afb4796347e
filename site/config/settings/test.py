"""Tests, and the servers the browser tests start: both must hash passwords alike."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, CHANNEL_LAYERS, DATABASES, REDIS_URL, ROOT, env

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
if REDIS_URL:
    # Two test processes share one server, never what they keep there: each has a database number of its own.
    _HOST, _NUMBER = REDIS_URL.rsplit("/", 1)
    REDIS_URL = f"{_HOST}/{int(_NUMBER) + int(os.environ.get('PYTEST_XDIST_WORKER', 'gw0')[2:])}"
    CACHES["default"]["LOCATION"] = REDIS_URL
    CHANNEL_LAYERS["default"]["CONFIG"]["hosts"][0]["address"] = REDIS_URL
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=tempfile.gettempdir() + "/hungdao-test-media"))
PRIVATE_ROOT = MEDIA_ROOT / "private"
AUDIT_ANCHOR_FILE = MEDIA_ROOT / "audit-anchors.jsonl"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ACCOUNT_RATE_LIMITS = {"login_failed": "500/5m/ip"}
# Officers of the other tests have no phone at hand; tests/people/test_second_factor.py asks for it.
SECOND_FACTOR_REQUIRED = env.bool("TEST_SECOND_FACTOR", default=False)
LOGGING = {"version": 1, "disable_existing_loggers": False}
