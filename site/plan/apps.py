from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from people.samples import add_loader

        from . import navigation
        from .consolidation import ready as consolidation
        from .difficulties import ready as difficulties
        from .reports import ready as reports
        from .samples.targets import load_targets
        from .survey import ready as survey
        from .targets import keeping  # noqa: F401 its job
        from .targets import ready as targets
        from .tasks import ready as tasks

        navigation.add_entries()
        add_loader(load_targets)
        for part in (targets, tasks, reports, consolidation, difficulties, survey):
            part.register()
        _open_the_books()


def _open_the_books():
    """Clubs and teams, sessions for residents, officers, publicity, models, the year's programme."""
    from django.utils.translation import gettext_lazy as _

    from people.samples import add_loader

    from .activities import public, ready as activities
    from .groups import ready as groups
    from .officers import ready as officers
    from .programme import ready as programme
    from .publicity import ready as publicity
    from .showcase import published, ready as showcase
    from .tabs import Tab, add_tab

    add_tab(Tab(60, "/ke-hoach/dieu-hanh/hoat-dong/", _("Activities")))
    add_loader(_load_sample_books)
    for each in (groups, activities, officers, publicity, showcase, programme):
        each.register()


def _load_sample_books(size, now):
    from portal.search import refresh

    from .samples import groups

    made = groups.load(size, now)
    refresh(public.FOUND_AS)
    refresh(published.FOUND_AS)
    return made
