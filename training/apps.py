from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self):
        from obligations.duties import register_duties
        from people.samples import add_loader

        # Declared, registered, guarded by being imported.
        from . import certificates, claim_events, events, looks, navigation, workflow  # noqa: F401
        from .claim_duties import PROVIDERS as OF_CLAIMS
        from .duties import PROVIDERS
        from .imports import jobs  # noqa: F401
        from .reference_data import load_reference_data

        navigation.add_entries()
        for provider in (*PROVIDERS, *OF_CLAIMS):
            register_duties(provider)
        add_loader(_load_samples)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="training-reference")


def _load_samples(size, now):
    from .samples.load import load_training

    return load_training(size, now)
