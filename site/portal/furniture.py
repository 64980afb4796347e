"""What stands on every page beside its content: the banner of planned outages, the links of the footer.

Three small queries where they are asked.
"""

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Page

from .first_site.keys import key_of
from .models import PlannedOutage

# By their address when the ward began: a page keeps its key when its title or address changes.
FOOTER = ("hoi-dap", "lien-he", "tiep-can", "du-lieu-ca-nhan", "so-do-trang")
KEPT_AS, KEPT_SECONDS = "page-furniture", 30


def furniture(user):
    """`(announced outages, links of the footer)`. Whoever works here has many pages drawn and may see either
    half a minute late; a page of the public is drawn once for all and always right."""
    if user is None or not user.is_authenticated:
        return announced_outages(), footer_links()
    return cache.get_or_set(KEPT_AS, lambda: (announced_outages(), footer_links()), KEPT_SECONDS)


def announced_outages():
    """Those readers must know of now. A page kept for everybody shows one up to 60 seconds too late or too
    long: saving and deleting raise the stamp, a moment that passes does not."""
    return list(PlannedOutage.objects.announced(timezone.now()))


def footer_links():
    """Questions, contact, accessibility, personal data, the map of the site: those everybody may read."""
    order = {key_of(slug): place for place, slug in enumerate(FOOTER)}
    pages = Page.objects.live().public().filter(translation_key__in=order)
    ordered = sorted(pages, key=lambda page: order[page.translation_key])
    return [{"url": page.url, "title": page.title} for page in ordered]
