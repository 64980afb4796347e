from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CompetitionsConfig(AppConfig):
    name = "competitions"

    def ready(self):
        # Declared, registered, guarded by being imported.
        from . import events, jobs, looks, workflow  # noqa: F401
        from .consenting import register_purposes
        from .reference_data import load_reference_data

        register_purposes()
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="competitions-reference")
