from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self):
        from .imports import jobs  # noqa: F401
        from .reference_data import load_reference_data

        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="training-reference")
