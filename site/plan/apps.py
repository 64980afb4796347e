from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from . import navigation
        from .public import ready as public
        from .targets import keeping  # noqa: F401 its job

        navigation.add_entries()
        public.register()
