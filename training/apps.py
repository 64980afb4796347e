from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self):
        from config.states import add_states
        from obligations.duties import register_duties
        from people.samples import add_loader

        # Declared, registered, guarded by being imported.
        from . import certificates, events, workflow  # noqa: F401
        from .duties import PROVIDERS
        from .reference_data import load_reference_data

        for provider in PROVIDERS:
            register_duties(provider)
        add_states(
            held=("work", "clock"),
            confirmed=("ok", "lock"),
            cancelled=("bad", "ban"),
            invited=("work", "mail"),
            enrolled=("ok", "check"),
            waitlisted=("wait", "clock"),
            present=("ok", "check"),
            excused=("off", "minus"),
            absent=("bad", "x"),
            waiting=("wait", "clock"),
        )
        add_loader(_load_samples)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="training-reference")


def _load_samples(size, now):
    from .samples.load import load_training

    return load_training(size, now)
