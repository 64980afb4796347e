from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What keeps the portal alive over the years: backup, restore, the move to another database, outages.

    Knows every table by Django's own lists and no app by name, so that nothing new is ever left out.
    """

    name = "operations"

    def ready(self):
        from . import checks, events  # noqa: F401
