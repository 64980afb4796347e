from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate
from django.utils.translation import gettext_lazy as _


class CompetitionsConfig(AppConfig):
    name = "competitions"

    def ready(self):
        from wagtail.signals import page_published, page_unpublished

        from people.extracts import register_extract_of_many
        from people.samples import add_loader
        from portal import search
        from portal.happenings import register_happenings
        from portal.registry import register_home_section
        from portal.stamp import raised_by

        # Declared, registered, guarded by being imported.
        from . import (  # noqa: F401
            audited,
            events,
            extract,
            found,
            holder,
            jobs,
            looks,
            navigation,
            open_data,
            personal,
            plan_figures,
            workflow,
        )
        from .consenting import register_purposes
        from .models import CompetitionPage, Phase, Prize
        from .reference_data import load_reference_data

        navigation.add_entries()
        audited.register()
        plan_figures.add_figures()
        register_purposes()
        personal.register()
        holder.register()
        open_data.register()
        register_home_section(15, found.open_now)
        register_happenings(found.happenings)
        search.register_source(search.Source(found.FOUND_AS, _("Competitions"), "award", found.competitions))
        for signal in (page_published, page_unpublished, post_delete):
            signal.connect(found.follow_page, sender=CompetitionPage, dispatch_uid="search-competition")
        raised_by(Phase, Prize)  # results raise it with their publication
        _let_organisers_work()
        _let_judges_work()
        register_extract_of_many(extract.CODE, extract.HEADING, extract.prizes_of)
        add_loader(_load_samples)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="competitions-reference")


def _let_organisers_work():
    """Their duties, the list of competitions, what follows from a publication."""
    from wagtail.signals import page_published

    from obligations.duties import register_duties
    from portal.first_site import add_first_pages

    from .models import CompetitionPage
    from .organising.duties import PROVIDERS
    from .organising.tree import first_pages
    from .publishing import note_publication

    for provider in PROVIDERS:
        register_duties(provider)
    add_first_pages(first_pages)
    page_published.connect(note_publication, sender=CompetitionPage, dispatch_uid="competitions-published")


def _let_judges_work():
    """Their duties; the certificate of a prize."""
    from obligations.duties import register_duties

    from .judging.duties import of_judges
    from .results import publishing  # noqa: F401 its kind of certificate

    register_duties(of_judges)


def _load_samples(size, now):
    from portal.search import refresh

    from .found import FOUND_AS
    from .samples.load import load_competitions

    made = load_competitions(size, now)
    refresh(FOUND_AS)
    return made
