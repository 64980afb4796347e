"""The local settings and one more address, by which the server itself can be made to announce something."""

from config.settings.local import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
LOGGING = {"version": 1, "disable_existing_loggers": False}
