from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "papers"

    def ready(self):
        from . import checks  # noqa: F401  (registered by being imported)
