from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from people.samples import add_loader

        from . import navigation
        from .samples.targets import load_targets
        from .reports import ready as reports
        from .consolidation import ready as consolidation
        from .targets import keeping  # noqa: F401 its job
        from .targets import ready as targets

        navigation.add_entries()
        targets.register()
        add_loader(load_targets)
        from .tasks import ready as tasks

        tasks.register()
        reports.register()
        consolidation.register()
        from .difficulties import ready as difficulties
        from .survey import ready as survey

        difficulties.register()
        survey.register()
