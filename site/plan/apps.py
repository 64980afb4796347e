from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from . import navigation
        from .targets import keeping  # noqa: F401 its job
        from .tasks import ready as tasks

        navigation.add_entries()
        tasks.register()
