"""The local settings with production's pool of connections, and `/bench/tell/`."""

from config.settings.local import *  # noqa: F403
from config.settings.local import DATABASES

ROOT_URLCONF = "bench.urls"
LOGGING = {"version": 1, "disable_existing_loggers": False}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
