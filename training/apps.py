from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self):
        from portal.registry import register_home_section

        from . import home, targets_of_plan
        from .reference_data import load_reference_data
        from .reminding import kinds  # noqa: F401  registers by being imported

        targets_of_plan.add_figures()
        register_home_section(20, home.figures)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="training-reference")
