"""Production does not start on an unsafe value, and names it."""

import pytest

from config.settings.refusals import refusals

SAFE = {
    "SECRET_KEY": "kJ3-made-up-for-a-test-9fQ2xZ7vB1nM5cR8tY4uW6pL0sD",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["portal.example"],
    "SITE_URL": "https://portal.example",
    "IDEA_ANSWER_WORKING_DAYS": 15,
    "DIFFICULTY_ANSWER_WORKING_DAYS": 15,
    "EMAIL_URL": "smtp+tls://portal:k@mail.example:587",
    "EMAIL_CONFIG": {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example",
        "EMAIL_USE_TLS": True,
    },
    "DATABASES": {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "USER": "hungdao",
            "PASSWORD": "d8Kq2-made-up",
            "HOST": "127.0.0.1",
        }
    },
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "MEDIA_ROOT": "/var/lib/hungdao/media",
    "STATIC_ROOT": "/var/lib/hungdao/static",
    "CLAMAV": "unix:///run/clamav/clamd.ctl",
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_MATCH": "email",
}
CITY = {"OIDC_ISSUER": "https://id.example", "OIDC_CLIENT_ID": "cong", "OIDC_CLIENT_SECRET": "k"}


def named_by(**changes):
    """The settings the refusals name, in order."""
    return [reason.partition(":")[0] for reason in refusals(SAFE | changes)]


def mail(**changes):
    return SAFE["EMAIL_CONFIG"] | changes


def database(**changes):
    return {"default": SAFE["DATABASES"]["default"] | changes}


def test_a_safe_installation_starts():
    assert refusals(SAFE) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + SAFE["SECRET_KEY"]}, "SECRET_KEY"),
        ({"DEBUG": True}, "DEBUG"),
        ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ["portal.example", "*"]}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ["portal.example", ".example"]}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ["another.example"]}, "ALLOWED_HOSTS"),
        ({"SITE_URL": "http://portal.example"}, "SITE_URL"),
        ({"SITE_URL": "https://portal.example/cong"}, "SITE_URL"),
        ({"IDEA_ANSWER_WORKING_DAYS": 0}, "IDEA_ANSWER_WORKING_DAYS"),
        ({"DIFFICULTY_ANSWER_WORKING_DAYS": 61}, "DIFFICULTY_ANSWER_WORKING_DAYS"),
        ({"EMAIL_URL": ""}, "EMAIL_URL"),
        ({"EMAIL_CONFIG": mail(EMAIL_USE_TLS=False)}, "EMAIL_URL"),
        ({"EMAIL_CONFIG": mail(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend")}, "EMAIL_URL"),
        ({"DATABASES": database(PASSWORD="")}, "DATABASE_URL"),
        ({"DATABASES": database(PASSWORD="PASSWORD")}, "DATABASE_URL"),
        ({"DATABASES": database(PASSWORD="Hungdao")}, "DATABASE_URL"),
        ({"DATABASES": database(USER="cong", PASSWORD="cong")}, "DATABASE_URL"),
        ({"DATABASES": database(HOST="db.example")}, "DATABASE_URL"),
        ({"DATABASES": database(HOST="db.example", OPTIONS={"sslmode": "require"})}, "DATABASE_URL"),
        (CITY | {"OIDC_ISSUER": "http://id.example"}, "OIDC_ISSUER"),
        (CITY | {"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET"),
        ({"OIDC_MATCH": "name"}, "OIDC_MATCH"),
        ({"REDIS_URL": "redis://:k@cache.example:6379/0"}, "REDIS_URL"),
        ({"REDIS_URL": "rediss://cache.example:6379/0"}, "REDIS_URL"),
        ({"MEDIA_ROOT": "/var/lib/hungdao/static/media"}, "MEDIA_ROOT, STATIC_ROOT"),
        ({"STATIC_ROOT": "/var/lib/hungdao/media/../media/static"}, "MEDIA_ROOT, STATIC_ROOT"),
        ({"CLAMAV": "tcp://scanner.example:3310"}, "CLAMAV"),
        ({"CLAMAV": "/run/clamav/clamd.ctl"}, "CLAMAV"),
    ],
)
def test_an_unsafe_value_is_named(changes, named):
    assert named_by(**changes) == [named]


@pytest.mark.parametrize(
    "changes",
    [
        {"EMAIL_CONFIG": mail(EMAIL_USE_TLS=False, EMAIL_HOST="localhost")},
        {"EMAIL_CONFIG": mail(EMAIL_USE_TLS=False, EMAIL_USE_SSL=True)},
        {"DATABASES": database(HOST="", PASSWORD="")},
        {"DATABASES": database(HOST="/run/postgresql", PASSWORD="")},
        {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "x"}}},
        {"DATABASES": database(HOST="db.example", OPTIONS={"sslmode": "verify-full"})},
        CITY,
        CITY | {"OIDC_MATCH": "staff_code"},
        {"REDIS_URL": ""},
        {"REDIS_URL": "rediss://:k@cache.example:6379/0"},
        {"CLAMAV": ""},
        {"CLAMAV": "tcp://127.0.0.1:3310"},
    ],
)
def test_what_an_office_may_well_choose_is_taken(changes):
    assert refusals(SAFE | changes) == []


def test_all_that_is_wrong_is_said_at_once():
    assert named_by(DEBUG=True, ALLOWED_HOSTS=["*"], EMAIL_URL="") == ["DEBUG", "ALLOWED_HOSTS", "EMAIL_URL"]
