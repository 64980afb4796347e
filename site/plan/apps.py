from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from . import navigation
        from .difficulties import ready as difficulties

        navigation.add_entries()
        difficulties.register()
