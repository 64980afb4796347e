"""The local settings with production's static files, and `/bench/bare/`."""

from config.settings.local import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
STATIC_FROM_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = {"version": 1, "disable_existing_loggers": False}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # pictures are there
