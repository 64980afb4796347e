from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "papers"

    def ready(self):
        from . import checks, personal  # noqa: F401  (checks are registered by being imported)

        personal.register()
