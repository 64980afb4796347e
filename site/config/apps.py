from django.apps import AppConfig


class HouseConfig(AppConfig):
    """What belongs to no single app: settings checks, the health page, shared template tags."""

    name = "config"
    label = "house"

    def ready(self):
        from . import checks  # noqa: F401
