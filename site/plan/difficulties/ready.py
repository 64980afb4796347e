"""What difficulties register when the app is ready."""

from django.utils.translation import pgettext_lazy

from config.states import add_states
from portal import search, sitemap

from ..tabs import Tab, add_tab
from . import consents, events, holder, owing, published

__all__ = ["events", "register"]  # declared and registered by being imported


def register():
    add_states(
        received=("work", "mail"),
        assigned=("work", "send"),
        to_check=("wait", "eye"),
        published=("ok", "award"),
    )
    consents.register_purposes()
    holder.register()
    owing.register()
    add_tab(Tab(50, "/ke-hoach/dieu-hanh/vuong-mac/", pgettext_lazy("plan", "Difficulties")))
    search.register_source(search.Source(published.FOUND_AS, published.LABEL, "msg", published.found))
    sitemap.register_addresses(published.addresses)
