from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CompetitionsConfig(AppConfig):
    name = "competitions"

    def ready(self):
        # Declared, registered, guarded by being imported.
        from . import events, looks, navigation, workflow  # noqa: F401
        from .consenting import register_purposes
        from .reference_data import load_reference_data

        register_purposes()
        navigation.add_entries()
        _let_organisers_work()
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="competitions-reference")


def _let_organisers_work():
    """Their duties, the list of competitions, what follows from a publication."""
    from wagtail.signals import page_published

    from obligations.duties import register_duties
    from portal.first_site import add_first_pages
    from portal.stamp import raised_by

    from .models import CompetitionPage, Phase, Prize
    from .organising.duties import PROVIDERS
    from .organising.tree import first_pages
    from .publishing import note_publication

    for provider in PROVIDERS:
        register_duties(provider)
    add_first_pages(first_pages)
    raised_by(Phase, Prize)
    page_published.connect(note_publication, sender=CompetitionPage, dispatch_uid="competitions-published")
