from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self):
        from config.states import add_states
        from obligations.duties import register_duties

        from . import claim_events  # noqa: F401  (declared by being imported)
        from .claim_duties import PROVIDERS as OF_CLAIMS
        from .reference_data import load_reference_data

        for provider in OF_CLAIMS:
            register_duties(provider)
        add_states(verified=("ok", "ok"), requested=("work", "send"), approved=("ok", "ok"))

        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="training-reference")
