"""What residents' ideas register when the app is ready."""

from config.states import add_states
from portal import search, sitemap

from . import consents, holder, owing, published


def register():
    add_states(received=("work", "mail"), assigned=("work", "send"), answered=("ok", "check"))
    consents.register_purposes()
    holder.register()
    owing.register()
    search.register_source(search.Source(published.FOUND_AS, published.LABEL, "bulb", published.found))
    sitemap.register_addresses(published.addresses)
