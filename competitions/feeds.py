"""Competitions as RSS, Atom and iCal; and the server's clock, by which the countdown on a page runs."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import ics
from portal.public_page import public_page
from portal.sharing import address

from . import found, reading, showing

LATEST = 30


@require_safe
@public_page()
def rss(request):
    return _answer(Rss201rev2Feed, "tin.xml")


@require_safe
@public_page()
def atom(request):
    return _answer(Atom1Feed, "tin.atom")


def _answer(kind, name):
    site = settings.SITE_URL.rstrip("/")
    feed = kind(
        title=_("Competitions of %(ward)s") % {"ward": settings.PORTAL["ward_name"]},
        link=f"{site}/cuoc-thi/",
        description=_("New competitions, and what comes next in each."),
        language=settings.LANGUAGE_CODE,
        feed_url=f"{site}/cuoc-thi/{name}",
    )
    now = timezone.now()
    for competition in reading.listed().order_by("-first_published_at", "-pk")[:LATEST]:
        link = address(competition.url)
        comes = showing.deadline(competition.standing(now))
        feed.add_item(
            title=competition.title,
            link=link,
            description=". ".join(filter(None, (competition.summary.rstrip("."), comes))),
            pubdate=competition.first_published_at,
            updateddate=competition.last_published_at,
            unique_id=link,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_safe
@public_page()
def calendar(request):
    """Every window and deadline for calendar programs."""
    name = _("Competitions of %(ward)s") % {"ward": settings.PORTAL["ward_name"]}
    happenings = sorted(found.happenings(ics.first_day(), None), key=lambda each: (each.begins, each.uid))
    return HttpResponse(ics.feed(name, happenings, "competitions"), content_type=ics.CONTENT_TYPE)


@never_cache
@require_safe
def clock(request):
    """The server's moment in milliseconds since 1970: the only clock that decides a deadline."""
    return JsonResponse({"now": int(timezone.now().timestamp() * 1000)})
