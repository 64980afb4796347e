"""What the books of activities share: their tab, their samples."""

from django.utils.translation import gettext_lazy as _

from people.samples import add_loader
from portal.search import refresh

from ..tabs import Tab, add_tab


def register():
    add_tab(Tab(60, "/ke-hoach/dieu-hanh/hoat-dong/", _("Activities")))
    add_loader(_load_samples)


def _load_samples(size, now):
    from ..activities import public
    from ..samples import groups
    from ..showcase import published

    made = groups.load(size, now)
    refresh(public.FOUND_AS)
    refresh(published.FOUND_AS)
    return made
