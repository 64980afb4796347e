"""The Internet. Refuses to start on an unsafe value and says which (`config.checks` looks at the rest)."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import (
    ALLOWED_HOSTS,
    CONTENT_SECURITY_POLICY,
    DATABASES,
    DEBUG,
    DIFFICULTY_ANSWER_WORKING_DAYS,
    IDEA_ANSWER_WORKING_DAYS,
    SITE_URL,
    env,
)

SAMPLES_ALLOWED = False

SECRET_KEY = env("SECRET_KEY", default="")
_UNSAFE = [
    reason
    for wrong, reason in [
        (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10, "SECRET_KEY: at least 50 random characters"),
        (DEBUG, "DEBUG: must be off"),
        (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS, "ALLOWED_HOSTS: name the hosts, '*' is refused"),
        (not SITE_URL.startswith("https://"), "SITE_URL: must begin with https://"),
        (not 1 <= IDEA_ANSWER_WORKING_DAYS <= 60, "IDEA_ANSWER_WORKING_DAYS: from 1 to 60"),
        (
            not 1 <= DIFFICULTY_ANSWER_WORKING_DAYS <= 60,
            "DIFFICULTY_ANSWER_WORKING_DAYS: from 1 to 60",
        ),
        (
            "EMAIL_URL" not in env.ENVIRON,
            "EMAIL_URL: the mail server, e.g. smtp+tls://user:password@host:587",
        ),
    ]
    if wrong
]
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
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}

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
