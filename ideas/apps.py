from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    name = "ideas"

    def ready(self):
        from obligations.duties import register_duties
        from people.extracts import register_extract
        from people.models import Unit
        from people.roles import officer_conditions, role_watchers
        from people.samples import add_loader
        from people.units import units_written
        from portal import search, sitemap
        from portal.recognised import register_recognised
        from portal.registry import register_home_section, register_key_figure
        from portal.stamp import raised_by

        # Declared, registered, guarded by being imported.
        from . import (  # noqa: F401
            access,
            audited,
            events,
            extract,
            handovers,
            home,
            jobs,
            navigation,
            open_data,
            owing,
            publication,
            workflow,
        )
        from .benefits import ready as benefits
        from .duties import PROVIDERS
        from .models import Field, Round
        from .papers.kinds import register_kinds
        from .personal import register as register_personal_data
        from .queries import current_chairs
        from .reckoning import register as register_reckoning
        from .reference_data import load_reference_data
        from .similarity import kept
        from .suggestions import ready as suggestions

        navigation.add_entries()
        audited.register()
        owing.register()
        register_reckoning()
        register_kinds()
        suggestions.register()
        register_personal_data()
        benefits.register()
        for provider in PROVIDERS:
            register_duties(provider)
        role_watchers.append(current_chairs)
        officer_conditions.append(access.sits_today)
        register_extract(extract.CODE, extract.HEADING, extract.initiatives_of, extract.initiatives_of_many)
        handovers.register()
        open_data.register()
        register_home_section(10, home.open_now)
        register_key_figure(20, home.recognised_this_year)
        register_home_section(30, home.latest)
        add_loader(_load_samples)
        search.register_source(
            search.Source(publication.FOUND_AS, _("Initiatives"), "bulb", publication.found)
        )
        sitemap.register_addresses(publication.addresses)
        register_recognised(publication.is_recognised)
        raised_by(Round)  # the steps of dossiers raise the stamp in the door
        for model in (Field, Unit):
            post_save.connect(publication.follow_names, sender=model, dispatch_uid="published-names")
        units_written.connect(publication.follow_names, dispatch_uid="published-names")
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="ideas-reference")
        post_migrate.connect(kept.catch_up, sender=self, dispatch_uid="ideas-compared-texts")


def _load_samples(size, now):
    from portal.search import refresh

    from .publication import FOUND_AS
    from .samples.load import load_initiatives
    from .suggestions.published import FOUND_AS as IDEAS

    made = load_initiatives(size, now)
    refresh(FOUND_AS)
    refresh(IDEAS)
    return made
