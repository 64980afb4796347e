from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "obligations"

    def ready(self):
        from . import jobs  # noqa: F401
