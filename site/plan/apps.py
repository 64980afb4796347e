from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from . import navigation
        from .difficulties import ready as difficulties
        from .survey import ready as survey

        navigation.add_entries()
        difficulties.register()
        survey.register()
