"""What the home page shows of the portal's own pages; the same to everybody."""

from .models import NewsIndexPage
from .models.news import public_articles, with_pictures

LATEST = 4


def latest_news(request):
    """The latest articles with the address of all, or nothing."""
    articles = list(with_pictures(public_articles())[:LATEST])
    index = NewsIndexPage.objects.live().public().first() if articles else None
    if index is None:
        return None
    return "portal/sections/news.html", {"articles": articles, "index_url": index.url}
