"""What stands on every page beside its content: the banner of planned outages, the links of the footer, the
pages of the tree that stand in the main menu, and whether people and figures are samples.

Two small queries where they are asked, and a third where samples are allowed.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from people.models import User

from .first_site.keys import key_of
from .models import PlannedOutage
from .readable import readable
from .stamp import current

# By their address when the ward began: a page keeps its key when its title or address changes.
FOOTER = ("hoi-dap", "lien-he", "tiep-can", "du-lieu-ca-nhan", "so-do-trang")
MENU_DEPTH = 3  # the pages right below the home page
KEPT_AS, KEPT_SECONDS = "page-furniture", 30


@dataclass(frozen=True)
class Furniture:
    outages: list = field(default_factory=list)
    footer: list = field(default_factory=list)  # {"url", "title"}
    menu: list = field(default_factory=list)  # (label, address)
    samples: bool = False


def furniture(user) -> Furniture:
    """Whoever works here has many pages drawn and may see it half a minute late; a page of the public is
    drawn once for all and always right."""
    if user is None or not user.is_authenticated:
        return _now()
    return cache.get_or_set(KEPT_AS, _now, KEPT_SECONDS)


def _now():
    return Furniture(announced_outages(), *_links_under(current()), samples_present())


def _links_under(stamp):
    """The links, as long as nothing the public sees has changed: asking for the stamp costs less."""
    return cache.get_or_set("page-links-{}-{}".format(*stamp), page_links, KEPT_SECONDS)


def announced_outages():
    """Those readers must know of now. A page kept for everybody shows one up to 60 seconds too late or too
    long: saving and deleting raise the stamp, a moment that passes does not."""
    return list(PlannedOutage.objects.announced(timezone.now()))


def samples_present():
    """Whether pages must say that people and figures are samples."""
    return settings.SAMPLES_ALLOWED and User.objects.filter(is_sample=True).exists()


def page_links():
    """(links of the footer, entries of the main menu): of pages everybody may read. In the footer stand
    questions, contact, accessibility, personal data, the map of the site; in the menu what the editor wants
    there, in the order of the tree."""
    order = {key_of(slug): place for place, slug in enumerate(FOOTER)}
    wanted = Q(translation_key__in=order) | Q(show_in_menus=True, depth=MENU_DEPTH)
    pages = list(readable(Page.objects).filter(wanted).order_by("path"))
    footer = sorted((page for page in pages if page.translation_key in order), key=_place_in(order))
    menu = [page for page in pages if page.show_in_menus and page.depth == MENU_DEPTH]
    return (
        [{"url": page.url, "title": page.title} for page in footer],
        [(getattr(page.specific_class, "menu_label", "") or page.title, page.url) for page in menu],
    )


def _place_in(order):
    return lambda page: order[page.translation_key]
