"""News as RSS and Atom: the latest articles everybody may read, no other."""

from datetime import datetime, time

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .models import NewsIndexPage
from .models.news import public_articles
from .public_page import public_page
from .readable import readable

LATEST = 30


@require_safe
@public_page()
def rss(request):
    return _answer(Rss201rev2Feed, "rss.xml")


@require_safe
@public_page()
def atom(request):
    return _answer(Atom1Feed, "atom.xml")


def _answer(kind, name):
    site = settings.SITE_URL.rstrip("/")
    index = readable(NewsIndexPage.objects).first()
    articles = public_articles()[:LATEST] if index else []
    feed = kind(
        title=_("News of %(ward)s") % {"ward": settings.PORTAL["ward_name"]},
        link=f"{site}/tin-tuc/",
        description=index.summary if index else "",
        language=settings.LANGUAGE_CODE,
        feed_url=f"{site}/tin-tuc/{name}",
    )
    for article in articles:
        address = article.canonical()
        feed.add_item(
            title=article.title,
            link=address,
            description=article.lead,
            author_name=article.author_line,
            pubdate=_midnight(article.published_on),
            updateddate=article.last_published_at or _midnight(article.published_on),
            unique_id=address,
            categories=[article.get_section_display()],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
