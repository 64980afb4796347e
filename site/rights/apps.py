from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "rights"

    def ready(self):
        from . import ready

        ready.register()
