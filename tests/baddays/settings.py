"""The portal as a child process of the bad days: as on one machine of an office, with places to halt."""

import os
from pathlib import Path

from tests.baddays import clock

if "CLOCK_FILE" in os.environ:
    clock.go_by(os.environ["CLOCK_FILE"])

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, MIDDLEWARE, env

SAMPLES_ALLOWED = True
SECRET_KEY = env("SECRET_KEY")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as the tests that make the accounts
STATIC_FROM_FINDERS = True
INSTALLED_APPS = [*INSTALLED_APPS, "tests.baddays.apps.BadDaysConfig"]
MIDDLEWARE = ["tests.baddays.halting.before_the_answer", *MIDDLEWARE]
ROOT_URLCONF = "tests.baddays.urls"
HALT_FOLDER = Path(env("HALT_FOLDER"))

# How long a sign-in may stand unused, where the clock is moved.
IDLE_MINUTES = int(os.environ.get("TEST_IDLE_MINUTES", "15"))
