from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from . import navigation

        navigation.add_entries()
        _open_the_books()


def _open_the_books():
    """Clubs and teams, sessions for residents, officers, publicity, models, the year's programme."""
    from django.utils.translation import gettext_lazy as _

    from people.samples import add_loader

    from .activities import ready as activities
    from .groups import ready as groups
    from .officers import ready as officers
    from .programme import ready as programme
    from .publicity import ready as publicity
    from .showcase import ready as showcase
    from .tabs import Tab, add_tab

    add_tab(Tab(60, "/ke-hoach/dieu-hanh/hoat-dong/", _("Activities")))
    add_loader(_load_sample_books)
    for each in (groups, activities, officers, publicity, showcase, programme):
        each.register()


def _load_sample_books(size, now):
    from portal.search import refresh

    from .activities import public
    from .samples import groups
    from .showcase import published

    made = groups.load(size, now)
    refresh(public.FOUND_AS)
    refresh(published.FOUND_AS)
    return made
