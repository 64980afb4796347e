"""The Internet. Refuses to start on an unsafe value and says which (`config.checks` looks at the rest)."""

from django.core.exceptions import ImproperlyConfigured

from config.logs import journal

from .base import *  # noqa: F403
from .base import CONTENT_SECURITY_POLICY, DATABASES, SITE_URL, env
from .refusals import refusals

SAMPLES_ALLOWED = False

SECRET_KEY = env("SECRET_KEY", default="")
_UNSAFE = refusals(vars() | {"EMAIL_URL": env.ENVIRON.get("EMAIL_URL", "")})
if _UNSAFE:
    raise ImproperlyConfigured("The portal does not start with unsafe settings:\n  " + "\n  ".join(_UNSAFE))

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-phien"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-ngon_ngu"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
STORAGES = {
    "default": {"BACKEND": "trust.full_disk.WholeFiles"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}

# ---- the log: JSON lines without personal data (config.logs)
LOGGING = journal.LOGGING
LOGS_FOR_MACHINES = True
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.logs.reports.NothingTyped"

# ---- several processes (docs/operations.md, "How many connections")
# Under ASGI each request has a thread of its own, so CONN_MAX_AGE would keep lines nobody finds again. A pool
# lends the process's lines to its requests, and bounds what a process may take from the server.
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_CONNECTIONS", default=10),
        "timeout": 10,  # seconds a request waits for a line
        "max_idle": 300,
    }
