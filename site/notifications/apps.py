from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self):
        from . import jobs, personal  # noqa: F401

        personal.register()
