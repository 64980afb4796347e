from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self):
        from obligations.duties import register_duties
        from people.samples import add_loader
        from portal import search, sitemap
        from portal.happenings import register_happenings
        from portal.my_calendar import register_feed
        from portal.registry import register_key_figure

        # Declared, registered, guarded by being imported.
        from . import (  # noqa: F401
            audited,
            certificates,
            claim_events,
            events,
            extract,
            found,
            looks,
            navigation,
            open_data,
            workflow,
        )
        from .claim_duties import PROVIDERS as OF_CLAIMS
        from .duties import PROVIDERS
        from .home import trained_this_year
        from .imports import jobs  # noqa: F401
        from .models import Course, Session
        from .personal import register as register_personal_data
        from .reference_data import load_reference_data
        from .reminding import kinds  # noqa: F401
        from .targets_of_plan import add_figures

        register_personal_data()
        navigation.add_entries()
        audited.register()
        register_feed(_("My training calendar"), "training:personal_feed")
        for provider in (*PROVIDERS, *OF_CLAIMS):
            register_duties(provider)
        add_figures()
        open_data.register()
        search.register_source(search.Source(found.FOUND_AS, _("Training sessions"), "grad", found.sessions))
        sitemap.register_addresses(found.addresses)
        register_happenings(found.happenings)
        for signal in (post_save, post_delete):
            signal.connect(found.follow_session, sender=Session, dispatch_uid="search-session")
        post_save.connect(found.follow_course, sender=Course, dispatch_uid="search-course")
        register_key_figure(10, trained_this_year)
        extract.register()
        add_loader(_load_samples)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="training-reference")


def _load_samples(size, now):
    from portal.search import refresh

    from .found import FOUND_AS
    from .samples.load import load_training

    made = load_training(size, now)
    refresh(FOUND_AS)
    return made
