from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "papers"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from trust.audit.following import follow

        from . import checks, personal  # noqa: F401  (checks are registered by being imported)
        from .models import PaperChange

        personal.register()
        follow(PaperChange, "papers.paper", _("a change of an official paper"), target="paper")
