"""Production's settings for a portal that is attacked: samples are allowed, and nothing is counted, so that
the limits do not hide what lies behind them."""

from config.settings.production import *  # noqa: F403

SAMPLES_ALLOWED = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
LOGGING = {"version": 1, "disable_existing_loggers": False}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
