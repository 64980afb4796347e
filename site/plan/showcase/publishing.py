"""Publishing a model and taking it back; who hears of it. All inside the caller's transaction."""

from django.conf import settings
from django.utils.text import slugify

from notifications.events import announce
from people.models import Unit
from people.roles import Role, holders_of
from portal.recognised import is_recognised
from vietnamese.text import fold

from ..access import coordinates, reporters_of
from ..models import Showcase, ShowcaseState
from . import events
from .published import follow

INITIATIVES = "/sang-kien/"  # where the code of a recognised initiative leads


def written(entry, user, now, created):
    follow(entry, user, now, created)
    is_public = entry.state == ShowcaseState.PUBLISHED and entry.struck_at is None
    if (created or is_public) and not coordinates(user):
        event = events.OFFERED if created else events.CHANGED
        _tell(event, holders_of(Role.PLAN_COORDINATOR), entry, work_address(entry))


def publish(entry, form, user, now):
    # One publication at a time: two of one name find each other's address.
    Unit.objects.select_for_update().get(code=settings.WARD_CODE)
    entry.state, entry.published_at = ShowcaseState.PUBLISHED, now
    entry.slug = entry.slug or free_slug(entry.title)
    people = [one for one in reporters_of([entry.unit_id])[entry.unit_id] if one.pk != user.pk]
    _tell(events.PUBLISHED, people, entry, entry.get_absolute_url())


def take_back(entry, form, user, now):
    entry.state, entry.published_at = ShowcaseState.DRAFT, None


def free_slug(title):
    """An address of its own, from the title without marks."""
    base = slugify(fold(title))[:70].strip("-") or "mo-hinh"
    taken = set(Showcase.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def work_address(entry):
    return f"/ke-hoach/dieu-hanh/hoat-dong/mo-hinh/{entry.pk}/"


def initiative_address(entry):
    """Of the initiative it names, as long as everybody can read that one."""
    code = entry.initiative_code
    return f"{INITIATIVES}{code}/" if code and is_recognised(code) else ""


def _tell(event, people, entry, link):
    people = list(people)
    if people and not (entry.is_sample and not settings.SAMPLES_ALLOWED):
        announce(event, people, link=link)
