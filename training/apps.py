from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self):
        from obligations.duties import register_duties
        from portal.registry import register_home_section

        # Declared, registered, guarded by being imported.
        from . import certificates, claim_events, events, home, looks, navigation, targets_of_plan, workflow  # noqa: F401
        from .claim_duties import PROVIDERS as OF_CLAIMS
        from .duties import PROVIDERS
        from .reference_data import load_reference_data
        from .reminding import kinds  # noqa: F401

        navigation.add_entries()
        for provider in (*PROVIDERS, *OF_CLAIMS):
            register_duties(provider)
        targets_of_plan.add_figures()
        register_home_section(20, home.figures)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="training-reference")
