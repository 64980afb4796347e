from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from . import navigation
        from .targets import ready as targets

        navigation.add_entries()
        targets.register()
