from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from . import navigation
        from .consolidation import ready as consolidation
        from .targets import keeping  # noqa: F401 its job

        navigation.add_entries()
        consolidation.register()
