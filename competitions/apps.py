from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CompetitionsConfig(AppConfig):
    name = "competitions"

    def ready(self):
        # Declared, registered, guarded by being imported.
        from obligations.duties import register_duties

        from . import events, looks, workflow  # noqa: F401
        from .consenting import register_purposes
        from .judging.duties import of_judges
        from .judging.navigation import add_entries as add_judging
        from .reference_data import load_reference_data
        from .results import publishing  # noqa: F401

        register_purposes()
        register_duties(of_judges)
        add_judging()
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="competitions-reference")
